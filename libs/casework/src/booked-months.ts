import type { Tx } from '@tranche/database';
import { type Booked, type Facts, type Policy, periodOf } from '@tranche/policies';
import type { CasePolicy } from './case-policies.js';
import type { Command } from './command.js';
import { takesForCase } from './exclusions.js';
import { exclusionKeyBytes } from './payee.js';
import { tellsPeriod } from './period-told.js';
import type { Work } from './work.js';

/** What is on our own books by fact and person, beside what the applicant tells: months of a claim, or fen that others took of a yearly cap. */
export type BookedMonths = ReadonlyMap<string, ReadonlyMap<string, number>>;
/** Months taken by claims of this very transaction, which no question to the database sees yet. */
export type TakenMonths = { readonly group: string; readonly key: string; readonly month: string }[];

export const nothingBooked: BookedMonths = new Map();
const bookedFacts = ({ facts }: Policy): [string, Booked][] =>
  Object.entries(facts).flatMap(([name, { booked }]) => (booked ? [[name, booked]] : []));

/** Facts whose months a claim asks for, or whose fen the case asks for. */
const monthly = (policy: Policy): [string, Booked][] => bookedFacts(policy).filter(([, { fen }]) => fen === undefined);
const yearly = (policy: Policy): [string, Booked][] => bookedFacts(policy).filter(([, { fen }]) => fen === 'year');

/** Steps of the procedure at which a case takes its share of a cap. A correction is carried out in the words two people agreed on. */
const asksFen = (type: string): boolean => takesForCase.has(type) && type !== 'fact.corrected';

/** Does this command claim months that are counted, or take of a cap that is asked for first? */
export const asksBooks = ({ policy }: CasePolicy, { type }: Pick<Command, 'type'>): boolean =>
  tellsPeriod(type) ? monthly(policy).length > 0 : asksFen(type) && yearly(policy).length > 0;

/**
 * Asks our books how many months each person named by a claim drew in the counted group, in whatever case, institution or policy, and
 * holds these people until the transaction ends. `taken`: what the same transaction has granted before.
 */
export async function loadBooked(
  tx: Pick<Tx, 'query'>,
  { policy }: CasePolicy,
  work: Work,
  { type, data }: Pick<Command, 'type' | 'data'>,
  taken: TakenMonths,
): Promise<BookedMonths> {
  if (!tellsPeriod(type)) return loadTaken(tx, policy, work, data);
  const period = periodOf(String(data['period']));
  if (!period) return nothingBooked;
  const months = new Map<string, ReadonlyMap<string, number>>();
  for (const [name, booked] of monthly(policy)) {
    const people = peopleIn(booked, (data['facts'] as Facts | undefined)?.[name], work.case.facts);
    const since = booked.since === undefined ? period.from : String(work.case.facts[booked.since] ?? period.from);
    const from = since < period.from ? `${since.slice(0, 7)}-01` : period.from;
    const { rows } = await tx.query<{ key: string; months: number }>(
      `SELECT encode(person_key, 'hex') AS key, months FROM months_drawn((SELECT array_agg(decode(h, 'hex')) FROM unnest($1::text[]) h), $2, daterange($3::date, $4::date, '[]'))`,
      [people.map(hexOf), booked.group, from, period.to],
    );
    const drawn = new Map(rows.map((row) => [row.key, row.months]));
    const fresh = taken.filter(({ group, month }) => group === booked.group && !(from <= month && month <= period.to));
    const freshOf = (person: string): number => new Set(fresh.filter(({ key }) => key === person).map(({ month }) => month)).size;
    months.set(name, new Map(people.map((person) => [person, (drawn.get(hexOf(person)) ?? 0) + freshOf(person)])));
  }
  return months;
}

/** Fen that each person of a list took under the cap of the year in other cases; held likewise. */
async function loadTaken(tx: Pick<Tx, 'query'>, policy: Policy, work: Work, data: Command['data']): Promise<BookedMonths> {
  const year = work.case.openedOn.slice(0, 4);
  const taken = new Map<string, ReadonlyMap<string, number>>();
  for (const [name, booked] of yearly(policy)) {
    const people = peopleIn(booked, (data['facts'] as Facts | undefined)?.[name] ?? work.case.facts[name], work.case.facts);
    const { rows } = await tx.query<{ key: string; fen: string }>(
      `SELECT encode(person_key, 'hex') AS key, fen::text AS fen FROM fen_taken((SELECT array_agg(decode(h, 'hex')) FROM unnest($1::text[]) h), $2, $3, daterange($4::date, $5::date, '[]'))`,
      [people.map(hexOf), booked.group, work.case.id, `${year}-01-01`, `${year}-12-31`],
    );
    const fen = new Map(rows.map((row) => [row.key, Number(row.fen)]));
    taken.set(name, new Map(people.map((person) => [person, fen.get(hexOf(person)) ?? 0])));
  }
  return taken;
}

/**
 * The lists of a case with what other cases took of the yearly cap beside each person; empty where nothing was asked or nothing moved.
 * `facts`: those of the case with what the event tells.
 */
export function takenOfCase({ policy }: CasePolicy, facts: Facts, booked: BookedMonths): Facts {
  const put = yearly(policy).flatMap(([name, { person, column = '' }]): [string, unknown][] => {
    const [of, rows] = [booked.get(name), facts[name] as readonly Readonly<Record<string, unknown>>[] | undefined];
    if (!of || !rows) return [];
    const filled = rows.map((row) => Object.freeze({ ...row, [column]: of.get(String(row[person])) ?? 0 }));
    return rows.every((row, at) => (row[column] ?? 0) === filled[at]?.[column]) ? [] : [[name, Object.freeze(filled)]];
  });
  return Object.fromEntries(put);
}

const hexOf = (person: string): string => exclusionKeyBytes(person).toString('hex');

function peopleIn({ column, person }: Booked, told: unknown, facts: Facts): string[] {
  if (column === undefined) return textsIn([facts[person]]);
  const rows = Array.isArray(told) ? (told as readonly unknown[]) : [];
  return [...new Set(textsIn(rows.map((row) => (row as Readonly<Record<string, unknown>> | null)?.[person])))];
}

const textsIn = (values: readonly unknown[]): string[] => values.filter((value): value is string => typeof value === 'string');

/** The facts of a period with the months on our books beside what was told of months elsewhere. */
export function withBooked({ policy }: CasePolicy, caseFacts: Facts, told: Facts, months: BookedMonths): Facts {
  const put = monthly(policy).flatMap(([name, { person, column }]): [string, unknown][] => {
    const of = (key: unknown): number => months.get(name)?.get(String(key)) ?? 0;
    if (column === undefined) return [[name, of(caseFacts[person])]];
    const rows = told[name] as readonly Readonly<Record<string, unknown>>[] | undefined;
    return rows ? [[name, Object.freeze(rows.map((row) => Object.freeze({ ...row, [column]: of(row[person]) })))]] : [];
  });
  return put.length === 0 ? told : Object.freeze({ ...told, ...Object.fromEntries(put) });
}
