import { explain, oneLine } from './up/problem.js';

/** Prints what went wrong: one line when a person can do something about it, the whole error when it is a bug. */
export function report(error: unknown): void {
  const text = explain(error);
  console.error(text === null ? error : oneLine(text));
}

/** Runs a command and sets the process's exit code: what `work` answers, or 1 when it throws. */
export async function reporting(work: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    report(error);
    process.exitCode = 1;
  }
}
