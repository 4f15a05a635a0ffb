const cell = (words: string): string => words.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A line of a Markdown table. */
export const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

/** The head of a Markdown table. */
export const headOf = (cells: readonly string[]): string[] => [line(cells), line(cells.map(() => '---'))];
