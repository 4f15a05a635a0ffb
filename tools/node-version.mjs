// Written in the syntax of Node 12, so that an old Node can still read it and say what is wrong.

export const NEEDED = [20, 19];

/**
 * Judges a Node version string (`process.versions.node`).
 * Answers null when it is new enough, else the one line to print.
 */
export function nodeTooOld(version) {
  const [major, minor] = version.split('.').map(Number);
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return null;
  const needed = NEEDED.join('.');
  return `Node ${version} 太旧，需要 ${needed} 或更高版本 · Node ${version} is too old: install Node ${needed} or newer (https://nodejs.org), then run the same command again.`;
}

/** Ends the process with one line and exit code 1 when the running Node is too old. */
export function demandNode(version) {
  const problem = nodeTooOld(version);
  if (problem === null) return;
  console.error(problem);
  process.exit(1);
}
