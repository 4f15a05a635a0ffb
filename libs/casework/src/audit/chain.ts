import { formatInstant } from '@tranche/calendar';
import { chainAlgorithm, eventHash, genesisHash } from '../event-hash.js';
import type { AuditedEvent, CaseBundle } from './case-rows.js';
import { isExactJson, sameJson } from './exact-json.js';
import type { Finding, FindingKind } from './findings.js';
import { type CaseIdentity, termsSha256 } from './identity.js';

/** Makes findings of one case. */
export const findingsOf =
  ({ row }: Pick<CaseBundle, 'row'>) =>
  (kind: FindingKind, zh: string, en: string, seq?: number): Finding => ({
    kind,
    text: { zh, en },
    caseId: row.id,
    caseNo: row.caseNo,
    ...(seq === undefined ? {} : { seq }),
  });

/** Instants are sealed in milliseconds: anything finer was never written by us. */
const wholeMs = (us: string): boolean => BigInt(us) % 1000n === 0n;
export const instantOf = (us: string): string => formatInstant(Number(BigInt(us) / 1000n));

/** The hash of an event, recomputed from its columns. */
export function recomputedHash(previous: string, event: AuditedEvent): string {
  const { caseId, seq, type, data, stamp, actor, role, cause, occurredOn, atUs, recordedUs } = event;
  const sealed = { caseId, seq, type, data: JSON.parse(data), stamp: JSON.parse(stamp), actor, role, cause, occurredOn };
  return eventHash(previous, { ...sealed, at: instantOf(atUs), recordedAt: instantOf(recordedUs) });
}

/** Gaps, links, hashes; then version, head and identity of the case against its events. */
export function checkChain(bundle: CaseBundle): Finding[] {
  const broken = checkLinks(bundle);
  return broken.length > 0 ? broken : [...checkHead(bundle), ...checkIdentity(bundle)];
}

function checkLinks(bundle: CaseBundle): Finding[] {
  const finding = findingsOf(bundle);
  const findings: Finding[] = [];
  let head = genesisHash;
  for (const [index, event] of bundle.events.entries()) {
    if (event.seq !== index + 1) {
      findings.push(finding('event-missing', `事件 ${index + 1} 缺失`, `event ${index + 1} is missing`, index + 1));
      return findings;
    }
    const wrong = wrongInEvent(bundle, event, head);
    if (wrong !== null)
      findings.push(finding('event-changed', `事件 ${event.seq}：${wrong.zh}`, `event ${event.seq}: ${wrong.en}`, event.seq));
    head = event.hash;
  }
  if (bundle.events.length === 0) findings.push(finding('event-missing', '案件没有任何事件', 'the case has no events', 1));
  return findings;
}

function wrongInEvent({ row }: CaseBundle, event: AuditedEvent, head: string): { zh: string; en: string } | null {
  if (event.alg !== chainAlgorithm) return { zh: `算法 ${event.alg} 未知`, en: `unknown algorithm ${event.alg}` };
  if (event.prevHash !== head) return { zh: '未接上前一事件', en: 'does not follow the event before it' };
  if (!wholeMs(event.atUs) || !wholeMs(event.recordedUs)) return { zh: '时间精度异常', en: 'a time finer than it was sealed' };
  if (!isExactJson(event.data) || !isExactJson(event.stamp)) return { zh: '数值写法异常', en: 'a number not as it was sealed' };
  if (event.hash !== recomputedHash(head, event)) return { zh: '内容与哈希不符', en: 'its content does not give its hash' };
  if (event.organisationId !== row.organisationId || event.district !== row.district)
    return { zh: '所属单位或地区与案件不符', en: 'not of the organisation and district of its case' };
  return null;
}

function checkHead(bundle: CaseBundle): Finding[] {
  const { row, events } = bundle;
  const last = events.at(-1);
  const finding = findingsOf(bundle);
  if (row.version !== events.length || row.headHash !== last?.hash)
    return [
      finding(
        'head-differs',
        `案件版本 ${row.version}，事件共 ${events.length} 个，或链首不符`,
        `the case is at version ${row.version} with ${events.length} events, or its head is another`,
        events.length,
      ),
    ];
  return row.lastAtUs === last.atUs ? [] : [finding('head-differs', '最后时间与最后事件不符', 'last_at is not that of the last event')];
}

type Opened = { policyId?: string; policyVersion?: string; jurisdiction?: string; identity?: CaseIdentity };
export type MigratedData = {
  readonly to: { readonly policyVersion: string; readonly machineHash: string; readonly termsSha256: string };
  /** stamps by seq under the new policy, where they were computed anew */
  readonly stamps?: Readonly<Record<string, object>>;
};

/** The last event that moved the case to another machine. */
export function lastMigration(events: readonly AuditedEvent[]): { seq: number; data: MigratedData } | null {
  const found = events.findLast((event) => event.type === 'case.migrated');
  return found ? { seq: found.seq, data: JSON.parse(found.data) as MigratedData } : null;
}

function checkIdentity(bundle: CaseBundle): Finding[] {
  const { row, events } = bundle;
  const [first] = events;
  if (!first) return [];
  const opened = JSON.parse(first.data) as Opened;
  const moved = lastMigration(events)?.data.to;
  const { identity } = opened;
  const pairs: readonly (readonly [name: string, stored: unknown, sealed: unknown])[] = [
    ['policy_id', row.policyId, opened.policyId],
    ['policy_version', row.policyVersion, moved?.policyVersion ?? opened.policyVersion],
    ['jurisdiction', row.jurisdiction, opened.jurisdiction],
    ['opened_on', row.openedOn, first.occurredOn],
    ['opened_by', row.openedBy, first.actor],
    ['recorded_at', row.recordedUs, first.recordedUs],
    // cases opened before identities were sealed have none
    ...(identity
      ? ([
          ['case_no', row.caseNo, identity.caseNo],
          ['organisation_id', row.organisationId, identity.organisationId],
          ['district', row.district, identity.district],
          ['payee_account_id', row.payeeAccountId, identity.payeeAccountId],
          ['machine_hash', row.machineHash, moved?.machineHash ?? identity.machineHash],
          ['terms_sha256', row.termsSha256, moved?.termsSha256 ?? identity.termsSha256],
        ] as const)
      : []),
  ];
  return pairs
    .filter(([, stored, sealed]) => !sameJson(stored ?? null, sealed ?? null))
    .map(([name]) => findingsOf(bundle)('case-row-differs', `${name} 与事件不符`, `${name} is not what the events say`));
}

/** What the case was promised, word for word; without it nothing can be computed anew. */
export function checkTerms({ row, events }: CaseBundle): Finding[] {
  const opened = JSON.parse(events[0]?.data ?? '{}') as Opened;
  const sealed = lastMigration(events)?.data.to.termsSha256 ?? opened.identity?.termsSha256;
  if (row.terms !== null && (sealed === undefined || termsDigest(row.terms) === sealed)) return [];
  const finding = { kind: 'terms-differ', caseId: row.id, caseNo: row.caseNo } as const;
  return [{ ...finding, text: { zh: '立案时确定的参数缺失或被改动', en: 'the parameters promised to the case are gone or changed' } }];
}

const REMEMBERED = 200;
const digests = new Map<string, string | null>();

/** Hash of terms as stored; null when a number in them is not as it was sealed. Most cases share a few terms, so the last ones are remembered. */
function termsDigest(terms: string): string | null {
  const known = digests.get(terms);
  if (known !== undefined) return known;
  if (digests.size >= REMEMBERED) digests.clear();
  const digest = isExactJson(terms) ? termsSha256(JSON.parse(terms) as object) : null;
  digests.set(terms, digest);
  return digest;
}
