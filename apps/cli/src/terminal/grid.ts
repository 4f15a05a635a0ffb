import Table from 'cli-table3';

/** A table for the terminal; columns line up in Chinese too. `right` names the columns that hold amounts, from 0. */
export function grid(head: readonly string[], rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const table = new Table({
    head: [...head],
    colAligns: head.map((_, column) => (right.includes(column) ? 'right' : 'left')),
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}
