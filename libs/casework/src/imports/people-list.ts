import type { Choices, ScalarType } from '@tranche/policies';
import { bad, dateOf, type Place, textOf } from './cell-values.js';
import { type Cell, plainForm } from './cells.js';
import { idNumberOf, nameOf } from './person.js';
import { RowProblems } from './row-problems.js';
import type { Column, TableRow } from './table.js';

/** The columns of a list as a policy declares them: name → type. */
export type ListColumns = Readonly<Record<string, ScalarType>>;
/** Those of them that are one of few codes. */
export type ListCodes = Readonly<Record<string, Choices>>;

/** Somebody named in a row, not sealed yet. */
export type ListedPerson = { readonly row: number; readonly column: string; readonly name: string; readonly idNumber: string };
export type ListRow = {
  readonly row: number;
  readonly values: Readonly<Record<string, unknown>>;
  readonly people: readonly ListedPerson[];
};

const NAME = '/name';

/**
 * The headers of such a list: each column by its own name; a person by name and identity number, which with one person to a row are
 * headed 姓名 and 身份证号.
 */
export function listColumns(columns: ListColumns): readonly Column<string>[] {
  const people = Object.keys(columns).filter((name) => columns[name] === 'person');
  return Object.entries(columns).flatMap(([name, type]): Column<string>[] => {
    if (type !== 'person') return [{ field: name, names: [name] }];
    const alone = people.length === 1;
    return [
      { field: `${name}${NAME}`, names: [...(alone ? ['姓名', 'name'] : []), `${name}姓名`, `${name}Name`] },
      { field: name, names: [...(alone ? ['身份证号', '身份证号码', '公民身份号码', 'idNumber'] : []), `${name}身份证号`, name] },
    ];
  });
}

/** Reads every row by the declared types; a number that is no identity number, or a cell that is none of its type, is a problem of its row. */
export function readPeopleList(
  rows: readonly TableRow<string>[],
  columns: ListColumns,
  codes: ListCodes = {},
): { readonly rows: readonly ListRow[]; readonly problems: RowProblems } {
  const problems = new RowProblems();
  const read = rows.map(({ row, cells }): ListRow => {
    const people: ListedPerson[] = [];
    const values = Object.entries(columns).map(([name, type]): [string, unknown] => {
      const place: Place = { row, field: name, problems };
      const cell = cells[name] as Cell;
      const choices = codes[name];
      if (choices) return [name, codeOf(choices, cell, place)];
      if (type !== 'person') return [name, cellValue(type, name, cell, place)];
      const idNumber = idNumberOf(cell, { ...place, field: 'idNumber' });
      const called = nameOf(cells[`${name}${NAME}`] as Cell, { ...place, field: 'name' });
      if (idNumber !== null && called !== null) people.push({ row, column: name, name: called, idNumber });
      return [name, idNumber];
    });
    return { row, values: Object.fromEntries(values), people };
  });
  return { rows: read, problems };
}

function cellValue(type: Exclude<ScalarType, 'person'>, name: string, cell: Cell, place: Place): unknown {
  if (type === 'date') return dateOf(cell, place);
  if (type === 'string') return textOf(cell, place);
  return type === 'bool' ? yesOrNo(cell, place) : wholeOf(name, cell, place);
}

/** A code, written as such or by what it is called. */
function codeOf({ oneOf, others }: Choices, cell: Cell, place: Place): string | null {
  const text = textOf(cell, place);
  if (text === null) return null;
  const plain = plainForm(text);
  const found = oneOf.find(({ value, label }) => [value, label.zh, label.en].includes(plain));
  if (found || others !== undefined) return found?.value ?? text;
  const [zh, en] = [oneOf.map(({ label }) => label.zh).join('、'), oneOf.map(({ label }) => label.en).join(', ')];
  return bad(place, 'choice-invalid', `请填写其中之一：${zh}。`, `Write one of: ${en}.`, text);
}

const yes = new Set(['是', '有', '√', 'y', 'yes', 'true', '1']);
const no = new Set(['否', '无', '×', 'n', 'no', 'false', '0']);

function yesOrNo(cell: Cell, place: Place): boolean | null {
  const text = textOf(cell, place);
  if (text === null) return null;
  const plain = plainForm(text).toLowerCase();
  if (yes.has(plain) || no.has(plain)) return yes.has(plain);
  return bad(place, 'answer-invalid', '请填写“是”或“否”。', 'Write yes or no (是 or 否).', text);
}

/** A whole number; fen stay text, so that nothing is rounded on the way. */
function wholeOf(name: string, cell: Cell, place: Place): number | string | null {
  const text = textOf(cell, place);
  if (text === null) return null;
  const plain = plainForm(text).replace(/\.0+$/, '');
  if (/^\d{1,15}$/.test(plain)) return name.endsWith('Fen') ? BigInt(plain).toString() : Number(plain);
  const unit = name.endsWith('Fen') ? { zh: '，以分为单位', en: ' of fen' } : { zh: '', en: '' };
  return bad(place, 'number-invalid', `须为非负整数${unit.zh}。`, `It must be a whole number${unit.en}, not below zero.`, text);
}
