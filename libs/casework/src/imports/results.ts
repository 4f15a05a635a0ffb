import { bad, type Place, textOf } from './cell-values.js';
import { type Cell, plainForm } from './cells.js';
import { countHeads, type HeadCount } from './head-count.js';
import { idNumberOf } from './person.js';
import { reportDuplicates } from './roster.js';
import { RowProblems } from './row-problems.js';
import type { Column, TableRow } from './table.js';

export type ResultField = 'idNumber' | 'outcome' | 'certificateNo';

export const resultColumns: readonly Column<ResultField>[] = [
  { field: 'idNumber', names: ['身份证号', '身份证号码', '公民身份号码', '居民身份证号码', 'idNumber'] },
  { field: 'outcome', names: ['结果', '考核结果', '是否合格', 'outcome'] },
  { field: 'certificateNo', names: ['证书编号', '证书号', 'certificateNo'], optional: true },
];

/** A trainee as stored; `personKey` is the blind index in hex. */
export type EnrolledTrainee = {
  readonly traineeId: string;
  readonly personKey: string;
  readonly occupation: string;
  readonly level: string;
};
export type TraineeResult = { readonly row: number; readonly traineeId: string; readonly qualified: boolean };

export type Results = {
  readonly results: readonly TraineeResult[];
  readonly qualified: readonly HeadCount[];
  readonly problems: RowProblems;
};

const PASS = new Set(['合格', '通过', '是', 'pass', 'passed', 'yes']);
const FAIL = new Set(['不合格', '未通过', '否', 'fail', 'failed', 'no']);

/**
 * Checks acceptance results: every person is on the roster, at most once. A trainee who is not listed did not qualify.
 * `keyOf` gives the blind index (hex) of an identity number.
 */
export function readResults(
  rows: readonly TableRow<ResultField>[],
  roster: readonly EnrolledTrainee[],
  keyOf: (idNumber: string) => string,
): Results {
  const problems = new RowProblems();
  const trainees = new Map(roster.map((trainee) => [trainee.personKey, trainee]));
  const rowsById = new Map<string, number[]>();
  const results: TraineeResult[] = [];
  const qualified: EnrolledTrainee[] = [];
  for (const { row, cells } of rows) {
    const at = (field: ResultField): Place => ({ row, field, problems });
    const idNumber = idNumberOf(cells.idNumber, at('idNumber'));
    const outcome = outcomeOf(cells.outcome, at('outcome'));
    textOf(cells.certificateNo, at('certificateNo'), true);
    if (idNumber === null) continue;
    rowsById.set(idNumber, [...(rowsById.get(idNumber) ?? []), row]);
    const trainee = trainees.get(keyOf(idNumber)) ?? notOnRoster(at('idNumber'), idNumber);
    if (trainee === null || outcome === null) continue;
    results.push({ row, traineeId: trainee.traineeId, qualified: outcome });
    if (outcome) qualified.push(trainee);
  }
  reportDuplicates(rowsById, problems);
  return { results, qualified: countHeads(qualified), problems };
}

function outcomeOf(cell: Cell, place: Place): boolean | null {
  const text = textOf(cell, place);
  if (text === null) return null;
  const plain = plainForm(text).toLowerCase();
  if (PASS.has(plain)) return true;
  if (FAIL.has(plain)) return false;
  return bad(place, 'outcome-unknown', '结果须为“合格”或“不合格”。', 'The outcome must be 合格 (pass) or 不合格 (fail).', text);
}

function notOnRoster(place: Place, idNumber: string): null {
  return bad(place, 'not-on-roster', '此人不在本班学员名册中。', 'This person is not on the roster of the class.', idNumber);
}
