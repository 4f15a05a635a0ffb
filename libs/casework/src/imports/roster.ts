import type { StandardsTable } from '@tranche/policies';
import { bad, type Place, textOf } from './cell-values.js';
import { plainForm } from './cells.js';
import { countHeads, type HeadCount } from './head-count.js';
import { canonicalLevel, findLevel } from './levels.js';
import { idNumberOf, nameOf } from './person.js';
import { RowProblems } from './row-problems.js';
import type { Column, TableRow } from './table.js';

export type RosterField = 'name' | 'idNumber' | 'occupation' | 'level';

export const rosterColumns: readonly Column<RosterField>[] = [
  { field: 'name', names: ['姓名', '学员姓名', 'name'] },
  { field: 'idNumber', names: ['身份证号', '身份证号码', '公民身份号码', '居民身份证号码', 'idNumber'] },
  { field: 'occupation', names: ['职业(工种)', '职业', '工种', '职业工种', '培训职业(工种)', 'occupation'] },
  { field: 'level', names: ['等级', '级别', '技能等级', '职业技能等级', '培训等级', 'level'] },
];

export type RosterPerson = {
  readonly row: number;
  readonly name: string;
  readonly idNumber: string;
  readonly occupation: string;
  readonly level: string;
};

export type Roster = { readonly people: readonly RosterPerson[]; readonly enrolled: readonly HeadCount[]; readonly problems: RowProblems };

/**
 * Checks every row of a class roster: nobody without a valid identity number, nobody twice, only occupations
 * and levels that have a standard (when `standards` is given). `enrolled` counts only when there is no problem.
 */
export function readRoster(rows: readonly TableRow<RosterField>[], standards?: StandardsTable): Roster {
  const problems = new RowProblems();
  const people: RosterPerson[] = [];
  const rowsById = new Map<string, number[]>();
  for (const { row, cells } of rows) {
    const at = (field: RosterField): Place => ({ row, field, problems });
    const name = nameOf(cells.name, at('name'));
    const idNumber = idNumberOf(cells.idNumber, at('idNumber'));
    const occupation = textOf(cells.occupation, at('occupation'));
    const level = textOf(cells.level, at('level'));
    const standard = occupation !== null && level !== null ? standardOf(occupation, level, at, standards) : null;
    if (idNumber !== null) rowsById.set(idNumber, [...(rowsById.get(idNumber) ?? []), row]);
    if (name !== null && idNumber !== null && standard) people.push({ row, name, idNumber, ...standard });
  }
  reportDuplicates(rowsById, problems);
  return { people, enrolled: countHeads(people), problems };
}

function standardOf(occupation: string, level: string, at: (field: RosterField) => Place, standards: StandardsTable | undefined) {
  if (!standards) return plainStandard(occupation, level, at);
  const entry = Object.entries(standards).find(([name]) => plainForm(name) === plainForm(occupation));
  if (!entry)
    return bad(
      at('occupation'),
      'standard-unknown',
      '补贴标准目录中没有这个职业（工种）。',
      'The table of standards has no such occupation.',
      occupation,
    );
  const [listed, levels] = entry;
  const found = findLevel(Object.keys(levels), level);
  if (found !== null) return { occupation: listed, level: found };
  if (canonicalLevel(level) === null) return levelUnknown(at('level'), level);
  return bad(
    at('level'),
    'standard-unknown',
    '该职业（工种）没有这个等级的补贴标准。',
    'This occupation has no standard for this level.',
    level,
  );
}

function plainStandard(occupation: string, level: string, at: (field: RosterField) => Place) {
  const found = canonicalLevel(level);
  return found === null ? levelUnknown(at('level'), level) : { occupation, level: found };
}

function levelUnknown(place: Place, level: string): null {
  return bad(
    place,
    'level-unknown',
    '等级无法识别。请填写初级、中级、高级、技师或高级技师。',
    'The level is not known. Use 初级, 中级, 高级, 技师 or 高级技师.',
    level,
  );
}

/** Both rows are named: the person who corrects the list must see which two to compare. */
export function reportDuplicates(rowsById: ReadonlyMap<string, readonly number[]>, problems: RowProblems): void {
  for (const [idNumber, rows] of rowsById) {
    if (rows.length < 2) continue;
    for (const row of rows) {
      const others = rows
        .filter((other) => other !== row)
        .slice(0, 5)
        .join('、');
      const place = { row, field: 'idNumber', problems };
      bad(
        place,
        'duplicate-in-file',
        `与第 ${others} 行是同一人。`,
        `The same person is also in row ${others.replaceAll('、', ', ')}.`,
        idNumber,
      );
    }
  }
}
