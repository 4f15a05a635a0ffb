import type { CaseBundle } from '../audit/case-rows.js';
import type { CasePolicies } from '../case-policies.js';
import { sha256Of } from '../command.js';
import { informative } from './informative.js';
import { type CaseRecord, recordOf } from './record.js';
import { type PacketStory, storyOf } from './story.js';
import type { Witnesses } from './witness-rows.js';

export const packetFormat = 'tranche-packet-1';

/** `oversight`: those who oversee; `applicant`: the case's own side, without the insides of the office and the bank. */
export const packetAudiences = ['oversight', 'applicant'] as const;
export type PacketAudience = (typeof packetAudiences)[number];

/** Everything a payment stood on, in one file that can be checked without asking us. */
export type Packet = {
  readonly format: typeof packetFormat;
  readonly caseId: string;
  readonly caseNo: string;
  readonly audience: PacketAudience;
  /** the payment asked for; null: all of the case */
  readonly payment: string | null;
  readonly record: CaseRecord;
  readonly story: PacketStory;
  readonly witnesses: Witnesses;
  /** leaves that rest on the word of the office alone: nothing else in the packet says the same */
  readonly informative: readonly string[];
  readonly seal: { readonly algorithm: string; readonly sha256: string };
};

export type PacketParts = Pick<Packet, 'audience' | 'payment' | 'witnesses'> & { readonly bundle: CaseBundle };

/** Hash of everything but the seal: RFC 8785, SHA-256. It finds a slip; it does not stop a forger, who would write it anew. */
export function sealOf(packet: Omit<Packet, 'seal'> & { readonly seal?: unknown }): Packet['seal'] {
  const { seal: _seal, ...content } = packet;
  return { algorithm: 'sha256-jcs', sha256: sha256Of(content) };
}

/** Pure: the same rows give the same bytes. */
export function packetOf(policies: CasePolicies, { audience, payment, witnesses, bundle }: PacketParts): Packet {
  const content = {
    format: packetFormat,
    caseId: bundle.row.id,
    caseNo: bundle.row.caseNo,
    audience,
    payment,
    record: recordOf(bundle),
    story: storyOf(policies, bundle),
    witnesses,
    informative,
  } as const;
  const plain = JSON.parse(JSON.stringify(content)) as Omit<Packet, 'seal'>;
  return { ...plain, seal: sealOf(plain) };
}
