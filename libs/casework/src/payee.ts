import { createHash } from 'node:crypto';
import type { Actor, OpeningParty } from '@tranche/database';
import { applicantsOf, handsIn } from '@tranche/machines';
import { type Facts, type PayeeKind, type Policy, payeeKinds } from '@tranche/policies';
import { type Refused, refuse } from './refusal.js';

/** Token of a person in facts and exclusion claims: the blind index of the identity number, never the number. */
export const personToken = (personKey: Uint8Array): string => `p-${Buffer.from(personKey).toString('base64url')}`;

/** Token of an organisation: a hash of its credit code (public, so unkeyed), the same wherever the firm is met. */
export const firmToken = (uscc: string): string =>
  `f-${createHash('sha256').update('uscc\0').update(uscc.replace(/\s/g, '').toUpperCase()).digest('base64url')}`;

/** Is it a person who stands on a line of a run? A person's token stands where a firm has its credit code. */
export const isPerson = (uscc: string): boolean => uscc.startsWith('p-');

/** The token of who stands on a line of a run: a firm by its credit code, a person by the token itself. */
export const payeeTokenOf = (uscc: string): string => (isPerson(uscc) ? uscc : firmToken(uscc));

const PERSON_TOKEN = /^p-([A-Za-z0-9_-]{43})$/;

/**
 * The 32 bytes under which a key stands in the table of exclusion claims. A person is the same there whether a roster named him or a
 * policy's own key; any other key (person and project, firm and year) by its hash.
 */
export function exclusionKeyBytes(key: string): Buffer {
  const person = PERSON_TOKEN.exec(key)?.[1];
  return person === undefined ? createHash('sha256').update(key).digest() : Buffer.from(person, 'base64url');
}

const isPayeeKind = (kind: string): kind is PayeeKind => (payeeKinds as readonly string[]).includes(kind);

/** What the house itself says of the payee: the policy's facts `from: case`. */
export function caseFactsOf(policy: Policy, { kind, uscc, personKey }: OpeningParty): Facts {
  const payeeKey = personKey !== null ? personToken(Buffer.from(personKey, 'hex')) : firmToken(uscc ?? '');
  const known: Facts = { payeeKind: kind, payeeKey };
  return Object.fromEntries(Object.entries(known).filter(([name]) => policy.facts[name]?.from === 'case'));
}

/** Who writes an application of this policy: the payee's own people, or the office where nobody applies. */
export function refuseOpener(policy: Policy, actor: Actor): Refused | null {
  const roles = [...new Set([handsIn(policy), ...(policy.plan.entry === 'noApplication' ? [] : applicantsOf(policy))])];
  if (actor.role === 'system' || roles.some((role) => role === actor.role)) return null;
  return refuse(
    'role-not-allowed',
    `${policy.title.zh}的案件由 ${roles.join('、')} 建立，您的岗位是 ${actor.role}。`,
    `A case of "${policy.title.en}" is opened by ${roles.join(', ')}; your role is ${actor.role}.`,
  );
}

/** Only whom the policy pays can have a case of it. */
export function refusePayee(policy: Policy, { kind }: OpeningParty): Refused | null {
  if (isPayeeKind(kind) && policy.payee.includes(kind)) return null;
  const message = {
    zh: `该政策的对象为 ${policy.payee.join('、')}，申报单位为 ${kind}（依据：${policy.cite.doc} ${policy.cite.clause}）。`,
    en: `This policy pays ${policy.payee.join(', ')}; the applicant is ${kind} (${policy.cite.doc} ${policy.cite.clause}).`,
  };
  return refuse('data-invalid', message.zh, message.en, { errors: [{ field: 'organisationId', code: 'payee-kind', message }] });
}
