import { dateOf, formatInstant } from '@tranche/calendar';
import {
  type Actor,
  beginOpening,
  commitChanges,
  keepTerms,
  loadCalendar,
  type Opening,
  type OpeningParty,
  type Tx,
} from '@tranche/database';
import { hasRoster, headline } from '@tranche/machines';
import { type Fact, type Facts, type ParameterOverride, type Policy, parseFacts, placesAround, resolveTerms } from '@tranche/policies';
import { termsSha256 } from './audit/identity.js';
import type { CasePolicy } from './case-policies.js';
import { refuseDates } from './class-dates.js';
import type { Accepted, Answer } from './command.js';
import { replay } from './decide.js';
import type { House } from './house.js';
import { type Birth, openedCase, openingEvent, putOpenedCase } from './opened-case.js';
import { caseFactsOf, refuseOpener, refusePayee } from './payee.js';
import { jurisdictionOf, scopesOf } from './places.js';
import { type Refused, refuse } from './refusal.js';
import { storeAnswer } from './seal.js';
import { fromList, fromRegister, namesPeople, ownFact, refuseFact } from './told-facts.js';
import type { Work } from './work.js';

/** An application to open a case; it starts as a draft of the organisation. */
export type CaseApplication = {
  readonly policyId: string;
  /** the version's jurisdiction; that of the organisation's district when absent */
  readonly jurisdiction?: string;
  readonly organisationId: string;
  readonly payeeAccountId: string;
  readonly facts: Readonly<Record<string, unknown>>;
  /** filled in by hand: what a list must prove (who is enrolled, what was taught, who qualified) is not taken, its list is imported */
  readonly typed?: true;
  readonly key: string;
  readonly requestSha256: string;
};

/** Opens a case on the policy version in force today, with its parameters resolved once and for good. One transaction. */
export async function openCase(house: House, actor: Actor, asked: CaseApplication): Promise<Answer> {
  const client = await house.hot.connect();
  try {
    const opening = await beginOpening(client, actor, asked);
    const made = await prepare(house, client, actor, asked, opening);
    if (made.kind === 'answer') {
      await client.query('ROLLBACK');
      return made.answer;
    }
    await keepTerms(house.database, made.termsSha256, made.work.case.terms);
    await commitChanges(client, made.work.changes);
    return made.answer;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    if (isSameKey(error)) return openCase(house, actor, asked);
    throw error;
  } finally {
    client.release();
  }
}

const isSameKey = (error: unknown): boolean => (error as { constraint?: string }).constraint === 'commands_pkey';

type Prepared = { kind: 'answer'; answer: Answer } | { kind: 'write'; answer: Accepted; work: Work; termsSha256: string };

async function prepare(house: House, client: Tx, actor: Actor, asked: CaseApplication, opening: Opening): Promise<Prepared> {
  const legalNowMs = house.systemNow() + opening.clockOffsetMs;
  const room = { actor, stored: opening.commands, legalNowMs };
  const stored = replay(room, { key: asked.key, requestSha256: asked.requestSha256 });
  if (stored) return { kind: 'answer', answer: stored };
  const refusal = refuseParties(opening);
  if (refusal || !opening.organisation) return { kind: 'answer', answer: refusal ?? noOrganisation };
  const on = dateOf(legalNowMs);
  const place = placeAsked(asked.jurisdiction, opening.organisation);
  if (typeof place !== 'string') return { kind: 'answer', answer: place };
  const policy = house.policies.inForce(asked.policyId, place, on, asked.facts, opening.overrides as ParameterOverride[]);
  if (!policy.ok) return { kind: 'answer', answer: policy };
  const facts = refuseOf(policy.casePolicy, actor, opening.organisation) ?? factsOf(policy.casePolicy, actor, asked, opening.organisation);
  if (!facts.ok) return { kind: 'answer', answer: facts };
  if (house.calendarCache.calendar === null) Object.assign(house.calendarCache, await loadCalendar(client));
  return { kind: 'write', ...write(house, actor, asked, opening, policy.casePolicy, facts.facts, { on, legalNowMs }) };
}

const noOrganisation = refuse(
  'case-not-found',
  '没有这个申报单位，或您无权代其申报。',
  'There is no such organisation, or you may not apply for it.',
);

function refuseParties({ organisation, payeeAccount }: Opening): Refused | null {
  if (!organisation) return noOrganisation;
  if (organisation.status !== 'active')
    return refuse('data-invalid', '该单位已被暂停申报。', 'This organisation is suspended.', { errors: [fieldError('organisationId')] });
  if (payeeAccount?.state === 'approved') return null;
  return refuse(
    'data-invalid',
    '收款账户不存在或尚未复核通过。请先登记账户并由另一位同事复核。',
    'The payee account does not exist or is not approved yet. Register it and have a second person approve it.',
    { errors: [fieldError('payeeAccountId')] },
  );
}

/** Readable and unique for ever: place, year and a number of its own. */
export const caseNoOf = (jurisdiction: string, on: string, number: number): string =>
  `${jurisdiction.replace('CN-', '')}-${on.slice(0, 4)}-${String(number).padStart(6, '0')}`;

/** A version of a place around the applicant's own, the nearest in force unless another is asked for. */
function placeAsked(asked: string | undefined, { district }: OpeningParty): string | Refused {
  const own = jurisdictionOf(district);
  if (asked === undefined || placesAround(own).includes(asked) || placesAround(asked).includes(own)) return asked ?? own;
  return refuse(
    'data-invalid',
    `申报单位在 ${own}，不适用 ${asked} 的政策。`,
    `The applicant is in ${own}; the policy of ${asked} does not bind there.`,
    { errors: [fieldError('jurisdiction')] },
  );
}

const refuseOf = ({ policy }: CasePolicy, actor: Actor, organisation: OpeningParty): Refused | null =>
  refuseOpener(policy, actor) ?? refusePayee(policy, organisation);

const fieldError = (field: string) => ({ field, code: 'data-invalid', message: { zh: '请更正后再提交', en: 'correct it and send again' } });

/**
 * The facts an application begins with. By hand an applicant types what a form asks; what a list must prove is imported, what the
 * registers say is told by the office, and what follows from the applicant is never typed.
 */
function factsOf(
  { policy }: CasePolicy,
  actor: Actor,
  asked: CaseApplication,
  organisation: OpeningParty,
): { ok: true; facts: Facts } | Refused {
  const own: Facts = {
    ...caseFactsOf(policy, organisation),
    ...('providerApproved' in policy.facts ? { providerApproved: organisation.approvedProvider } : {}),
  };
  for (const name of Object.keys(asked.facts)) {
    if (Object.hasOwn(own, name) && policy.facts[name]?.from !== 'case') continue;
    const why = policy.facts[name] && whyNot(policy, policy.facts[name], actor, asked);
    if (why) return refuseFact(policy, name, why, 'facts');
  }
  const parsed = parseFacts(policy, { ...asked.facts, ...own }, { partial: true });
  if (parsed.ok) return refuseDates(parsed.facts, 'facts') ?? { ok: true, facts: parsed.facts };
  return refuseFact(policy, parsed.field, () => parsed, 'facts');
}

function whyNot(policy: Policy, fact: Fact, { role }: Actor, { typed }: CaseApplication) {
  if (fact.from === 'case') return ownFact;
  if (!typed) return null;
  if (namesPeople(fact) || (fact.from === 'upload' && hasRoster(policy))) return fromList;
  return (fact.from === 'data' || fact.from === 'ledger') && role !== 'officer' ? fromRegister : null;
}

function write(
  house: House,
  actor: Actor,
  asked: CaseApplication,
  opening: Opening,
  casePolicy: CasePolicy,
  facts: Facts,
  when: { on: string; legalNowMs: number },
): { answer: Accepted; work: Work; termsSha256: string } {
  const { policy } = casePolicy;
  const organisation = opening.organisation as NonNullable<Opening['organisation']>;
  const recordedAt = formatInstant(house.systemNow());
  const overrides = opening.overrides as ParameterOverride[];
  const terms = resolveTerms(policy, { on: when.on, scopes: scopesOf(organisation.district), overrides });
  const id = house.newId();
  const birth: Birth = {
    id,
    caseNo: caseNoOf(policy.jurisdiction, when.on, opening.number),
    organisationId: organisation.id,
    district: organisation.district,
    payeeAccountId: asked.payeeAccountId,
    terms,
    facts,
    on: when.on,
    atMs: when.legalNowMs,
  };
  const calendar = house.calendarCache.calendar as NonNullable<House['calendarCache']['calendar']>;
  const event = openingEvent(casePolicy, birth, actor.userId);
  const work = openedCase(casePolicy, birth, event, { actor, cause: 'http' }, { calendar, newId: house.newId, recordedAt });
  const sealed = termsSha256(terms);
  putOpenedCase(work, sealed, recordedAt);
  const { caseNo, snapshot } = work.case;
  const { state, standing } = headline(snapshot);
  const answer: Accepted = { ok: true, replayed: false, caseId: id, caseNo, type: event.type, seq: 1, version: 1, state, standing };
  storeAnswer(work, actor, asked, 201, answer, recordedAt);
  return { answer, work, termsSha256: sealed };
}
