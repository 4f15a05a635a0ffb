import { caseView } from '@tranche/machines';
import type { Facts, Terms } from '@tranche/policies';
import { parseFacts, stamp } from '@tranche/policies';
import type { CasePolicies, CasePolicy } from '../case-policies.js';
import { tellsPeriod } from '../period-told.js';
import { stampEvent } from '../stamp-event.js';
import { caseFactsIn } from '../told-facts.js';
import type { CaseBundle } from './case-rows.js';
import { checkChain, checkTerms, findingsOf, lastMigration } from './chain.js';
import { isExactJson, isOwnJson, sameJson } from './exact-json.js';
import type { Finding } from './findings.js';
import { checkMoney } from './money.js';
import { eventsToTell, type Retold, retell } from './retell.js';

/** `replayed`: the story was told again on the very machine the case runs on; `told`: what it gave. */
export type CaseAudit = {
  readonly findings: readonly Finding[];
  readonly replayed: boolean;
  readonly told?: { readonly casePolicy: CasePolicy; readonly story: Extract<Retold, { ok: true }> };
};

/**
 * Compares one case's rows with its own events, trusting no column: the chain first; then facts and stamps computed anew, the machine
 * told everything again, and state, duties, postings, disbursements and recoveries against what that gives.
 */
export function auditCase(policies: CasePolicies, bundle: CaseBundle): CaseAudit {
  const chain = checkChain(bundle);
  if (chain.some(({ kind }) => kind === 'event-missing' || kind === 'event-changed')) return { findings: chain, replayed: false };
  const terms = checkTerms(bundle);
  if (terms.length > 0) return { findings: [...chain, ...terms], replayed: false };
  const policy = machineOf(policies, bundle);
  if (!policy) return { findings: [...chain, ...withoutMachine(bundle)], replayed: false };
  const { findings, story } = checkStory(policy, bundle);
  return {
    findings: [...chain, ...checkDerived(policy, bundle), ...findings],
    replayed: true,
    ...(story ? { told: { casePolicy: policy, story } } : {}),
  };
}

/** The policy version the case is pinned to, when this release has it with that very machine. */
function machineOf(policies: CasePolicies, { row }: CaseBundle): CasePolicy | null {
  try {
    const known = policies.of(row);
    return known.hash === row.machineHash ? known : null;
  } catch {
    return null;
  }
}

/** A closed case may outlive its machine: it is counted as not replayed. An open one must have it. */
function withoutMachine(bundle: CaseBundle): Finding[] {
  if (bundle.row.standing === 'closed') return [];
  const { policyId, policyVersion, jurisdiction } = bundle.row;
  const which = `${policyId} ${policyVersion} ${jurisdiction}`;
  return [findingsOf(bundle)('machine-unknown', `${which} 的流程与登记的不同或不存在`, `${which} is unknown here or has another machine`)];
}

const termsOf = ({ row }: CaseBundle): Terms => JSON.parse(row.terms ?? 'null') as Terms;

/** Facts after each event, and every stamp under the terms: the whole way from a fact to an amount. */
function checkDerived({ policy }: CasePolicy, bundle: CaseBundle): Finding[] {
  const finding = findingsOf(bundle);
  const { row, events } = bundle;
  const terms = termsOf(bundle);
  const since = lastMigration(events)?.seq ?? 0;
  const stored = new Map(bundle.facts.map((each) => [each.seq, each]));
  const findings: Finding[] = [];
  let facts: Facts = {};
  // the rules are asked again only when a fact changed
  let stamped = null as { facts: Facts; stamp: object } | null;
  for (const event of events) {
    const data = JSON.parse(event.data) as Record<string, unknown>;
    const mine = stored.get(event.seq);
    stored.delete(event.seq);
    const given = caseFactsIn(event.type, data);
    if (given !== null && event.seq > since) {
      const parsed = parseFacts(policy, given, { partial: true });
      facts = { ...facts, ...(parsed.ok ? parsed.facts : {}) };
    } else if (mine) facts = JSON.parse(mine.facts) as Facts;
    const wrong =
      (given !== null) !== (mine !== undefined) ||
      (mine !== undefined &&
        (!isExactJson(mine.facts) ||
          !sameJson(JSON.parse(mine.facts), facts) ||
          mine.organisationId !== row.organisationId ||
          mine.district !== row.district));
    if (wrong)
      findings.push(finding('facts-differ', `事件 ${event.seq} 后的要素不符`, `the facts after event ${event.seq} differ`, event.seq));
    if (event.seq <= since || event.type === 'case.migrated') continue;
    if (stamped?.facts !== facts) stamped = { facts, stamp: stamp(policy, { facts, terms, on: row.openedOn }) };
    const again =
      tellsPeriod(event.type) || data['terms'] !== undefined
        ? stampEvent(policy, { facts, terms, on: row.openedOn }, { type: event.type, data })
        : stamped.stamp;
    if (!sameJson(again, JSON.parse(event.stamp)))
      findings.push(
        finding('stamp-differs', `事件 ${event.seq} 的计算结果无法重现`, `the stamp of event ${event.seq} cannot be reproduced`, event.seq),
      );
  }
  for (const seq of stored.keys())
    findings.push(finding('facts-differ', `没有事件 ${seq}，却有其要素`, `facts of an event ${seq} that does not exist`, seq));
  return findings;
}

type Story = { readonly findings: readonly Finding[]; readonly story: Extract<Retold, { ok: true }> | null };

function checkStory(casePolicy: CasePolicy, bundle: CaseBundle): Story {
  const finding = findingsOf(bundle);
  const { row } = bundle;
  const told = retell(casePolicy.machine, termsOf(bundle), eventsToTell(bundle));
  if (!told.ok) {
    const { seq, type, state } = told;
    const zh = `重放时事件 ${seq} ${type} 被拒绝（${state}）`;
    return { findings: [finding('event-refused', zh, `event ${seq} ${type} is refused on replay (${state})`, seq)], story: null };
  }
  const findings: Finding[] = [];
  if (!isExactJson(row.snapshot) || !isOwnJson(row.snapshot) || !sameJson(JSON.parse(row.snapshot), told.snapshot))
    findings.push(finding('snapshot-differs', '快照与重放结果不符', 'the snapshot is not what the events lead to'));
  const { state, standing } = caseView(casePolicy.machine, told.snapshot);
  if (row.state !== state || row.standing !== standing)
    findings.push(finding('snapshot-differs', `状态应为 ${state}/${standing}`, `state must be ${state}/${standing}`));
  return { findings: [...findings, ...checkDuties(casePolicy, bundle), ...checkMoney(bundle, told)], story: told };
}

/** Who did what: the rows that keep one person from holding two duties. */
function checkDuties({ types }: CasePolicy, bundle: CaseBundle): Finding[] {
  const { row, events, duties } = bundle;
  const expected = new Map<string, number>();
  for (const { type, actor, role, seq } of events) {
    const duty = types.get(type)?.duty;
    if (duty === undefined || role === 'system') continue;
    const key = `${duty} ${actor}`;
    if (!expected.has(key)) expected.set(key, seq);
  }
  const wrong = duties.filter((each) => {
    const key = `${each.duty} ${each.personId}`;
    const known = expected.get(key) === each.seq && each.organisationId === row.organisationId && each.district === row.district;
    expected.delete(key);
    return !known;
  });
  if (wrong.length === 0 && expected.size === 0) return [];
  return [findingsOf(bundle)('duties-differ', '岗位职责与事件不符', 'the duties are not those of the events')];
}
