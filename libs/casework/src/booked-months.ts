import type { Tx } from '@tranche/database';
import { type Booked, type Facts, type Policy, periodOf } from '@tranche/policies';
import type { CasePolicy } from './case-policies.js';
import type { Command } from './command.js';
import { exclusionKeyBytes } from './payee.js';
import { tellsPeriod } from './period-told.js';
import type { Work } from './work.js';

/** Months on our own books by fact and person: what a claim is told beside what the applicant tells. */
export type BookedMonths = ReadonlyMap<string, ReadonlyMap<string, number>>;
/** Months taken by claims of this very transaction, which no question to the database sees yet. */
export type TakenMonths = { readonly group: string; readonly key: string; readonly month: string }[];

export const nothingBooked: BookedMonths = new Map();
const bookedFacts = ({ facts }: Policy): [string, Booked][] =>
  Object.entries(facts).flatMap(([name, { booked }]) => (booked ? [[name, booked]] : []));

/** Does this command claim months that are counted? */
export const asksBooks = ({ policy }: CasePolicy, { type }: Pick<Command, 'type'>): boolean =>
  tellsPeriod(type) && bookedFacts(policy).length > 0;

/**
 * Asks our books how many months each person named by a claim drew in the counted group, in whatever case, institution or policy, and
 * holds these people until the transaction ends. `taken`: what the same transaction has granted before.
 */
export async function loadBooked(
  tx: Pick<Tx, 'query'>,
  { policy }: CasePolicy,
  work: Work,
  { data }: Pick<Command, 'data'>,
  taken: TakenMonths,
): Promise<BookedMonths> {
  const period = periodOf(String(data['period']));
  if (!period) return nothingBooked;
  const months = new Map<string, ReadonlyMap<string, number>>();
  for (const [name, booked] of bookedFacts(policy)) {
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

const hexOf = (person: string): string => exclusionKeyBytes(person).toString('hex');

function peopleIn({ column, person }: Booked, told: unknown, facts: Facts): string[] {
  if (column === undefined) return textsIn([facts[person]]);
  const rows = Array.isArray(told) ? (told as readonly unknown[]) : [];
  return [...new Set(textsIn(rows.map((row) => (row as Readonly<Record<string, unknown>> | null)?.[person])))];
}

const textsIn = (values: readonly unknown[]): string[] => values.filter((value): value is string => typeof value === 'string');

/** The facts of a period with the months on our books beside what was told of months elsewhere. */
export function withBooked({ policy }: CasePolicy, caseFacts: Facts, told: Facts, months: BookedMonths): Facts {
  const put = bookedFacts(policy).flatMap(([name, { person, column }]): [string, unknown][] => {
    const of = (key: unknown): number => months.get(name)?.get(String(key)) ?? 0;
    if (column === undefined) return [[name, of(caseFacts[person])]];
    const rows = told[name] as readonly Readonly<Record<string, unknown>>[] | undefined;
    return rows ? [[name, Object.freeze(rows.map((row) => Object.freeze({ ...row, [column]: of(row[person]) })))]] : [];
  });
  return put.length === 0 ? told : Object.freeze({ ...told, ...Object.fromEntries(put) });
}
