import type { Facts, Policy } from '@tranche/policies';
import { inventId } from './any-case.js';

/** A policy's list as a spreadsheet: its rows with names and made-up identity numbers in the place of the example's people. */
export function listFile(policy: Policy, fact: string, facts: Facts, idOf: (token: string) => string): string {
  const { type, booked } = policy.facts[fact] ?? {};
  if (typeof type !== 'object' && type !== 'person') throw new Error(`${policy.id}: ${fact} is no list`);
  const columns = Object.entries(typeof type === 'object' ? type.list : { [fact]: type }).filter(([name]) => name !== booked?.column);
  const header = columns.flatMap(([name, kind]) => (kind === 'person' ? ['姓名', '身份证号'] : [name]));
  const cell = (kind: string, value: unknown): string[] => {
    if (kind === 'person') return ['学样一', idOf(String(value))];
    return [kind === 'bool' ? (value ? '是' : '否') : String(value)];
  };
  const told = (typeof type === 'object' ? facts[fact] : [{ [fact]: facts[fact] }]) as readonly Record<string, unknown>[];
  const rows = told.map((row) => columns.flatMap(([name, kind]) => cell(kind, row[name])));
  return `${[header, ...rows].map((row) => row.join(',')).join('\r\n')}\r\n`;
}

/** Made-up numbers, one for each token, never the same in two calls. */
let from = 500;
export function inventNumbers(): (token: string) => string {
  const known = new Map<string, string>();
  return (token) => {
    const number = known.get(token) ?? inventId(from++);
    known.set(token, number);
    return number;
  };
}
