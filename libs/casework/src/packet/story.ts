import { type CaseView, caseView } from '@tranche/machines';
import { type Assessment, assessCase, type Facts, type PolicyRefusal, type Terms, type Text } from '@tranche/policies';
import type { CaseBundle } from '../audit/case-rows.js';
import { lastMigration } from '../audit/chain.js';
import { eventsToTell, type Retold, retell } from '../audit/retell.js';
import type { CasePolicies, CasePolicy } from '../case-policies.js';
import { migratedLabel } from '../migration/index.js';
import { type PacketSetOff, setOffsTold } from './set-offs.js';

/** A person's act under a duty: four eyes can be seen in it. */
export type PacketStep = {
  readonly seq: number;
  readonly on: string;
  readonly type: string;
  readonly label: Text;
  readonly duty: string | null;
  readonly actor: string;
  readonly role: string;
};

/** A claimed period by its own rules. */
export type PacketPeriod = {
  readonly id: string;
  readonly claim: string;
  readonly filedOn: string;
  readonly assessed: Assessment | PolicyRefusal;
};

/** What the record means when it is told again: computed, never copied. A verification computes it once more and compares. */
export type PacketStory = {
  /** false: this release does not have the machine the case runs on, and nothing below could be computed */
  readonly told: boolean;
  readonly facts: unknown;
  readonly decision: Assessment | PolicyRefusal | null;
  readonly periods: readonly PacketPeriod[];
  readonly standing: CaseView | null;
  /** debts kept back of payments, of this case or of others; absent where there are none */
  readonly setOffs?: readonly PacketSetOff[];
  readonly steps: readonly PacketStep[];
  /** sums over the obligations and the entries of the case, in fen */
  readonly sums: {
    readonly settledFen: string;
    readonly receivedFen: string;
    readonly writtenOffFen: string;
    readonly debitFen: string;
    readonly creditFen: string;
  };
  readonly chain: { readonly algorithm: string; readonly events: number; readonly headHash: string };
};

/** The machine of the case in this release, and the story told to it; null where it is not the very one. */
export function toldBy(policies: CasePolicies, bundle: CaseBundle): { casePolicy: CasePolicy; retold: Retold } | null {
  const casePolicy = known(policies, bundle);
  if (casePolicy === null || bundle.row.terms === null) return null;
  return { casePolicy, retold: retell(casePolicy.machine, JSON.parse(bundle.row.terms) as Terms, eventsToTell(bundle)) };
}

function known(policies: CasePolicies, { row }: CaseBundle): CasePolicy | null {
  try {
    const found = policies.of(row);
    return found.hash === row.machineHash ? found : null;
  } catch {
    return null;
  }
}

/** Tells the record again. Pure; throws what the machine throws. */
export function storyOf(policies: CasePolicies, bundle: CaseBundle): PacketStory {
  const told = toldBy(policies, bundle);
  const facts = JSON.parse(bundle.facts.at(-1)?.facts ?? '{}') as Facts;
  const last = bundle.events.at(-1);
  const setOffs = told?.retold.ok ? setOffsTold(told.casePolicy, told.retold.steps) : [];
  return {
    told: told?.retold.ok === true,
    facts,
    ...(told === null ? { decision: null, periods: [] } : decisionsOf(told.casePolicy, bundle, facts)),
    standing: told?.retold.ok ? caseView(told.casePolicy.machine, told.retold.snapshot) : null,
    ...(setOffs.length === 0 ? {} : { setOffs }),
    steps: bundle.events.map(({ seq, occurredOn, type, actor, role }) => ({
      seq,
      on: occurredOn,
      type,
      label: told?.casePolicy.types.get(type)?.label ?? (type === 'case.migrated' ? migratedLabel : { zh: type, en: type }),
      duty: told?.casePolicy.types.get(type)?.duty ?? null,
      actor,
      role,
    })),
    sums: sumsOf(bundle),
    chain: { algorithm: last?.alg ?? '', events: bundle.events.length, headHash: last?.hash ?? '' },
  };
}

type Told = { readonly terms?: Terms; readonly period?: string; readonly claim?: string; readonly facts?: Facts };

/** What the policy says of the facts under the terms the case was promised, with what had moved when it was approved. */
function decisionsOf({ policy }: CasePolicy, { row, events }: CaseBundle, facts: Facts): Pick<PacketStory, 'decision' | 'periods'> {
  const promised = JSON.parse(row.terms ?? '{}') as Terms;
  const dataOf = (data: string): Told => JSON.parse(data) as Told;
  const approved = events.findLast(({ type }) => type === 'application.approved');
  const terms = { ...promised, ...(approved ? dataOf(approved.data).terms : {}) };
  const asked = { on: row.openedOn, facts };
  const filed = events.filter(({ type }) => type === 'claim.filed');
  return {
    decision: assessCase(policy, { ...asked, terms }),
    periods: filed.map(({ data, occurredOn }) => {
      const { period: id = '', claim = '', facts: own = {}, terms: moved = {} } = dataOf(data);
      return {
        id,
        claim,
        filedOn: occurredOn,
        assessed: assessCase(policy, { ...asked, terms: { ...promised, ...moved }, period: { id, claim, facts: own } }),
      };
    }),
  };
}

const total = (all: readonly string[]): string => all.reduce((sum, fen) => sum + BigInt(fen), 0n).toString();

function sumsOf({ disbursements, receipts, postings }: CaseBundle): PacketStory['sums'] {
  const entries = postings.flatMap((posting) => posting.entries.map(({ fen }) => fen));
  const ofKind = (kind: string) => total(receipts.filter((receipt) => receipt.kind === kind).map(({ amountFen }) => amountFen));
  return {
    settledFen: total(disbursements.filter(({ state }) => state === 'settled').map(({ amountFen }) => amountFen)),
    receivedFen: ofKind('received'),
    writtenOffFen: ofKind('writtenOff'),
    debitFen: total(entries.filter((fen) => !fen.startsWith('-'))),
    creditFen: total(entries.filter((fen) => fen.startsWith('-')).map((fen) => fen.slice(1))),
  };
}

/** Cases that were moved to another machine were carried out by two: what the first did cannot be rebuilt from the second. */
export const wasMigrated = ({ events }: Pick<CaseBundle, 'events'>): boolean => lastMigration(events) !== null;
