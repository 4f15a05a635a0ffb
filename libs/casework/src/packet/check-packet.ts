import { auditCase } from '../audit/case-audit.js';
import type { CaseBundle } from '../audit/case-rows.js';
import { sameJson } from '../audit/exact-json.js';
import { type Finding, findingLabels } from '../audit/findings.js';
import { statementHash } from '../audit/statement.js';
import type { CasePolicies } from '../case-policies.js';
import { checkPayments } from './check-payments.js';
import { checkProceedings } from './check-proceedings.js';
import { informative } from './informative.js';
import { type Packet, packetAudiences, packetFormat, sealOf } from './packet.js';
import { type PacketFinding, packetFinding } from './packet-finding.js';
import { bundleOf } from './record.js';
import { storyOf, toldBy } from './story.js';

/** What a check of a packet alone can say. */
export type PacketVerdict = {
  readonly findings: readonly PacketFinding[];
  /** told again on the very machine: states, amounts and payments were compared */
  readonly replayed: boolean;
  readonly events: number;
  readonly headHash: string;
};

/** Recomputes everything in a packet that can be computed, from the packet alone. Throws nothing: what cannot be read is a finding. */
export function checkPacket(policies: CasePolicies, packet: Packet): PacketVerdict {
  const nothing = { replayed: false, events: 0, headHash: '' };
  try {
    if (packet.format !== packetFormat)
      return { ...nothing, findings: [packetFinding('packet-malformed', '这不是审计包', 'this is no audit packet')] };
    const seal = sameJson(packet.seal, sealOf(packet))
      ? []
      : [packetFinding('seal-differs', '封存哈希与内容不符', 'the seal is not that of the content')];
    return withSeal(seal, checkContent(policies, packet, bundleOf(packet.record)));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      ...nothing,
      findings: [packetFinding('packet-malformed', `内容无法读取或无法重算：${why}`, `the content cannot be read or told again: ${why}`)],
    };
  }
}

const withSeal = (seal: readonly PacketFinding[], verdict: PacketVerdict): PacketVerdict => ({
  ...verdict,
  findings: [...seal, ...verdict.findings],
});

function checkContent(policies: CasePolicies, packet: Packet, bundle: CaseBundle): PacketVerdict {
  const { findings, replayed } = auditCase(policies, bundle);
  const base = { replayed, events: bundle.events.length, headHash: bundle.row.headHash };
  const own = [...checkFrame(packet, bundle), ...findings.map(ofAudit)];
  // a broken chain tells nothing that could be compared with the rest
  if (findings.length > 0) return { ...base, findings: own };
  const told = toldBy(policies, bundle);
  const steps = told?.retold.ok ? told.retold.steps : null;
  return {
    ...base,
    findings: [
      ...own,
      ...checkStory(policies, packet, bundle),
      ...checkPayments(packet, bundle),
      ...checkProceedings(packet, bundle, steps),
      ...checkCheckpoint(packet),
    ],
  };
}

const ofAudit = ({ kind, text, seq }: Finding): PacketFinding => ({
  kind,
  text: { zh: `${findingLabels[kind].zh}：${text.zh}`, en: `${findingLabels[kind].en}: ${text.en}` },
  ...(seq === undefined ? {} : { seq }),
});

function checkFrame(packet: Packet, { row }: CaseBundle): PacketFinding[] {
  const { audience, payment, record } = packet;
  const wrong = [
    packet.caseId === row.id ? null : 'caseId',
    packet.caseNo === row.caseNo ? null : 'caseNo',
    packetAudiences.includes(audience) ? null : 'audience',
    payment === null || record.disbursements.some((each) => each.payment === payment) ? null : 'payment',
    sameJson(packet.informative, informative) ? null : 'informative',
  ].filter((name) => name !== null);
  return wrong.map((name) => packetFinding('frame-differs', `${name} 与记录不符`, `${name} is not that of the record`));
}

/** The decision, the standing, the steps and the sums, computed once more from the record; the first differing places are named. */
function checkStory(policies: CasePolicies, packet: Packet, bundle: CaseBundle): PacketFinding[] {
  const again = JSON.parse(JSON.stringify(storyOf(policies, bundle))) as unknown;
  const places = differences(packet.story, again, 'story');
  const named = places.slice(0, mostPlaces);
  return named.map((place) => packetFinding('story-differs', `${place} 与重新计算的不符`, `${place} is not what computing it again gives`));
}
const mostPlaces = 20;

/** Where two JSON values differ, as paths. */
function differences(left: unknown, right: unknown, at: string): string[] {
  if (sameJson(left ?? null, right ?? null)) return [];
  if (!isTree(left) || !isTree(right)) return [at];
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  const below = names.flatMap((name) => differences(left[name], right[name], `${at}.${name}`));
  return below.length > 0 ? below : [at];
}

const isTree = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

function checkCheckpoint({ witnesses: { checkpoint } }: Packet): PacketFinding[] {
  if (checkpoint === null || statementHash(checkpoint.statement) === checkpoint.hash) return [];
  return [packetFinding('checkpoint-differs', '检查点内容与其哈希不符', 'the checkpoint is not what its hash says')];
}
