// bench/RESULTS.md: a section for each bench, each with the command, the day and the load it was measured under. A run replaces the sections it
// measured and leaves all others as they are.

const MARK = /^<!-- bench: (\S+) -->$/m;

/** The sections of a page, by name: `''` is what stands above the first. */
export function sectionsOf(page) {
  const parts = page.split(MARK);
  const sections = new Map([['', parts[0].trim()]]);
  for (let at = 1; at < parts.length; at += 2) sections.set(parts[at], parts[at + 1].trim());
  return sections;
}

/** The page with these sections in the place of its own, in the order of `order`; sections that `order` does not know are gone. */
export function merged(page, head, fresh, order) {
  const kept = sectionsOf(page);
  const parts = order.flatMap((name) => {
    const text = fresh.get(name) ?? kept.get(name);
    return text === undefined ? [] : [`<!-- bench: ${name} -->\n${text.trim()}`];
  });
  return `${[head, ...parts].join('\n\n')}\n`;
}
