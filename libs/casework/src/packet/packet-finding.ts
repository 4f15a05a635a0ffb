import type { Text } from '@tranche/policies';
import type { FindingKind } from '../audit/findings.js';

/** What a check of a packet can find beside what `tranche verify` finds. */
export type PacketFindingKind =
  | FindingKind
  | 'packet-malformed'
  | 'seal-differs'
  | 'frame-differs'
  | 'story-differs'
  | 'payment-differs'
  | 'batch-differs'
  | 'proceeding-differs'
  | 'checkpoint-differs'
  | 'checkpoint-unproven';

export type PacketFinding = { readonly kind: PacketFindingKind; readonly text: Text; readonly seq?: number };

export const packetFinding = (kind: PacketFindingKind, zh: string, en: string): PacketFinding => ({ kind, text: { zh, en } });
