import { formatInstant } from '@tranche/calendar';
import type { Actor } from '@tranche/database';
import type { Fact, Policy } from '@tranche/policies';
import { type Imported, refusedRows, type Sealing } from './case-files.js';
import { sha256Of } from './command.js';
import { dispatch } from './dispatch.js';
import type { House } from './house.js';
import { type ImportReport, type ListColumns, prepareList, type Tx } from './imports/index.js';
import { type Refused, refuse } from './refusal.js';
import { fromList, namesPeople, refuseFact } from './told-facts.js';

/** A list brought for one of a policy's facts, with the event that tells it. */
export type BroughtList = {
  readonly caseId: string;
  /** name of the fact: a list that names people, or one person: a list of one row */
  readonly fact: string;
  /** the event the rows go into; without it a list of the case is recorded, one of a period claims it */
  readonly event?: string;
  /** the rest of the event's data: the claim and the period, other facts told with it */
  readonly data?: Readonly<Record<string, unknown>>;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly key: string;
  readonly requestSha256: string;
};

type CaseRow = { organisationId: string; district: string; policyId: string; policyVersion: string; jurisdiction: string };

/**
 * Reads a spreadsheet of people by the columns that the policy's fact declares, and lets the case hear its rows with tokens in the place
 * of identity numbers. People, file and event commit together; a refusal lists rows with reasons and leaves nothing behind.
 */
export async function importList(house: House, sealing: Sealing, actor: Actor, list: BroughtList): Promise<Imported> {
  const { caseId, fact: name, bytes, fileName } = list;
  const [found] = await house.database.read<CaseRow>(
    actor,
    'SELECT organisation_id AS "organisationId", district, policy_id AS "policyId", policy_version AS "policyVersion", jurisdiction FROM cases WHERE id = $1',
    [caseId],
  );
  if (!found) return answered(refuse('case-not-found', '没有此案件，或不属于您可见的范围。', 'There is no such case that you may see.'));
  const { policy } = house.policies.of(found);
  const fact = policy.facts[name];
  if (!fact || !listsOf(policy).includes(name)) return answered(noList(policy, name));
  const data = list.data ?? {};
  const others = (data['facts'] ?? {}) as Readonly<Record<string, unknown>>;
  const typed = Object.keys(others).find((other) => policy.facts[other] && namesPeople(policy.facts[other]));
  if (typed !== undefined) return answered(refuseFact(policy, typed, fromList));
  const ready = await prepareList(bytes, {
    caseId,
    organisationId: found.organisationId,
    district: found.district,
    fileName,
    uploadedBy: actor.userId,
    recordedAt: formatInstant(house.systemNow()),
    newId: house.newId,
    ...sealing,
    fact: name,
    columns: typeof fact.type === 'object' ? askedOf(fact.type.list, fact.booked?.column) : { [name]: fact.type },
    ...(fact.columns ? { codes: fact.columns } : {}),
    period: fact.per === 'period' ? `${data['claim']}:${data['period']}` : '',
  });
  if (!ready.ok) return { answer: refusedRows(ready), report: ready.report };
  const told = typeof fact.type === 'object' ? ready.event.facts : onePerson(name, ready.event.facts[name] ?? []);
  if (told === null) return { answer: notOne(policy, name), report: ready.report };
  const answer = await dispatch(house, actor, {
    caseId,
    type: list.event ?? eventOf(fact),
    data: { ...data, facts: { ...others, ...told } },
    key: list.key,
    requestSha256: list.requestSha256,
    cause: 'import',
    apply: async (tx: Tx): Promise<undefined> => {
      await ready.apply(tx);
    },
  });
  return { answer, report: ready.report };
}

/** The columns a list brings: what our own books put in beside them is not asked for. */
const askedOf = (columns: ListColumns, booked: string | undefined): ListColumns =>
  Object.fromEntries(Object.entries(columns).filter(([name]) => name !== booked));

const eventOf = ({ per }: Fact): string => (per === 'period' ? 'claim.filed' : 'facts.recorded');

/** A fact that is one person: his token, from the one row there is. */
const onePerson = (name: string, rows: readonly Readonly<Record<string, unknown>>[]): Readonly<Record<string, unknown>> | null =>
  rows.length === 1 ? { [name]: rows[0]?.[name] } : null;

const notOne = (policy: Policy, name: string): Refused =>
  refuseFact(
    policy,
    name,
    (called) => ({
      code: 'list-of-one',
      message: {
        zh: `“${called.zh}”只涉及一人，名单应只有一行。`,
        en: `“${called.en}” is one person: the list must have exactly one row.`,
      },
    }),
    'facts',
  );

const answered = (answer: Refused): { readonly answer: Refused; readonly report: ImportReport | null } => ({ answer, report: null });

/** The lists of people that a policy knows, for whoever brings one; what the case itself says of its payee is none. */
export const listsOf = ({ facts }: Policy): readonly string[] =>
  Object.keys(facts).filter((name) => namesPeople(facts[name]!) && facts[name]!.from !== 'case');

function noList(policy: Policy, name: string): Refused {
  const lists = listsOf(policy);
  const labels = lists.map((each) => policy.facts[each]!.label);
  return refuseFact(
    policy,
    name,
    (called) => ({
      code: 'fact-not-a-list',
      message: {
        zh: `“${called.zh}”不是名单；本政策的名单：${lists.map((each, at) => `${labels[at]?.zh}（${each}）`).join('、') || '无'}。`,
        en: `“${called.en}” is no list of people; lists of this policy: ${lists.map((each, at) => `${labels[at]?.en} (${each})`).join(', ') || 'none'}.`,
      },
    }),
    'facts',
  );
}

/** The fingerprint of a list brought by a program rather than over HTTP. */
export const listSha256 = (list: Pick<BroughtList, 'caseId' | 'fact' | 'event' | 'data'> & { readonly fileSha256: string }): string =>
  sha256Of(JSON.parse(JSON.stringify(list)));
