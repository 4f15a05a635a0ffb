// Invented trainees and the lists an institution would upload. New people for every class, so that no run collides with another.

import { residentCheck } from '@tranche/identifiers';

export type Trainee = { readonly name: string; readonly idNumber: string };
/** A whole number from 0, below the bound. */
export type Dice = (bound: number) => number;

const SURNAMES = [...'赵钱孙李周吴郑王冯陈'];
const NUMERALS = [...'一二三四五六七八九十'];
export const OCCUPATION = '电工';
export const LEVEL = '中级';

/** At most 100 people who do not exist: names with 样, numbers with a sequence of 900–999 and a valid check digit. */
export const inventTrainees = (count: number, dice: Dice): readonly Trainee[] =>
  Array.from({ length: count }, (_, index) => {
    const birth = [1965 + dice(35), 1 + dice(12), 1 + dice(28)].map((part) => String(part).padStart(2, '0')).join('');
    const first17 = `210202${birth}${900 + index}`;
    const name = `${SURNAMES[index % 10]}样${NUMERALS[Math.floor(index / 10) % 10]}`;
    return { name, idNumber: first17 + residentCheck(first17) };
  });

const csv = (rows: readonly (readonly (string | number)[])[]): string => `${rows.map((row) => row.join(',')).join('\r\n')}\r\n`;

export const rosterFile = (trainees: readonly Trainee[]): string =>
  csv([['姓名', '身份证号', '职业（工种）', '等级'], ...trainees.map(({ name, idNumber }) => [name, idNumber, OCCUPATION, LEVEL])]);

/** Two sessions of four class-hours on each day, everybody there. */
export const attendanceFile = (days: readonly string[], people: number): string =>
  csv([['日期', '节次', '课时', '应到', '实到'], ...days.flatMap((day) => [1, 2].map((session) => [day, session, 4, people, people]))]);

export const resultsFile = (trainees: readonly Trainee[], qualified: boolean): string =>
  csv([['身份证号', '结果'], ...trainees.map(({ idNumber }) => [idNumber, qualified ? '合格' : '不合格'])]);
