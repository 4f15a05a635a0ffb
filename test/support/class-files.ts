// The lists an institution and an inspector would upload, of people who do not exist.

import { syntheticId } from '../../libs/casework/test/imports/people.js';

let invented = 0;

/** So many people, never the same ones twice in a test file; their identity numbers pass the check digit only. */
export function inventPeople(count: number): string[] {
  invented += count;
  return Array.from({ length: count }, (_, index) => syntheticId(invented - count + index));
}

const csv = (rows: readonly (readonly (string | number)[])[]): string => `${rows.map((row) => row.join(',')).join('\r\n')}\r\n`;

export const rosterFile = (ids: readonly string[]): string =>
  csv([['姓名', '身份证号', '职业（工种）', '等级'], ...ids.map((id) => ['学样一', id, '电工', '中级'])]);

/** Sessions of four class-hours on one day, everybody there. */
export const attendanceFile = (day: string, sessions: number, people: number): string =>
  csv([['日期', '节次', '课时', '应到', '实到'], ...Array.from({ length: sessions }, (_, index) => [day, index + 1, 4, people, people])]);

/** The first `qualified` of them passed. */
export const resultsFile = (ids: readonly string[], qualified: number): string =>
  csv([['身份证号', '结果'], ...ids.map((id, index) => [id, index < qualified ? '合格' : '不合格'])]);
