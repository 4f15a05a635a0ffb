import type { EffectKind } from '@tranche/machines';

/** Every kind of effect; the type makes a missing or an invented one a compile error. */
const kinds: Record<EffectKind, true> = {
  setDeadline: true,
  meetDeadline: true,
  cancelDeadline: true,
  suspectBreach: true,
  openPayment: true,
  requestDisbursement: true,
  cancelDisbursement: true,
  postNotice: true,
  closeNotice: true,
  recordObjection: true,
  decideObjection: true,
  openTask: true,
  closeTask: true,
  openRecovery: true,
  demandRecovery: true,
  agreeInstalments: true,
  overdueRecovery: true,
  escalateRecovery: true,
  closeRecovery: true,
  restoreDebt: true,
  claimExclusion: true,
  releaseExclusion: true,
  holdCase: true,
  releaseCase: true,
  closeCase: true,
  reopenCase: true,
};
export const handled: readonly string[] = Object.keys(kinds);
