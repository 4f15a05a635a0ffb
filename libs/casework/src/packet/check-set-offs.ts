import type { Packet } from './packet.js';
import { type PacketFinding, packetFinding } from './packet-finding.js';
import type { PacketSetOff, PacketSetOffRow } from './set-offs.js';

/** Each row says what the events of this case say, no more and no fewer; what was called back for it is an obligation of this case, cancelled. */
export function checkSetOffs(packet: Packet): PacketFinding[] {
  const { payment, record, witnesses, story } = packet;
  const must = (story.setOffs ?? []).filter((each) => each.side === 'debt' || payment === null || each.payment === payment);
  const rows = witnesses.setOffs ?? [];
  const wrong = rows.filter((row) => {
    const told = must.find(({ id }) => id === row.id);
    return told === undefined || !saysTheSame(told, row) || !(row.side === 'debt' || calledBack(record, row));
  });
  const missing = must.filter(({ id }) => !rows.some((row) => row.id === id));
  return [...wrong, ...missing].map(({ id }) =>
    packetFinding('payment-differs', `抵扣 ${id} 与事件不符`, `set-off ${id} is not what the events say`),
  );
}

const common = ['side', 'otherCaseId', 'payment', 'fundId', 'amountFen', 'on'] as const;
/** An undone payment is on its way to the debt (`restoring`) until the other case has heard of it. */
const statesOf = ({ side, undone }: PacketSetOff): readonly string[] => {
  if (side === 'debt') return undone === null ? ['active', 'restoring'] : ['restored'];
  return undone === null ? ['active'] : ['restoring', 'restored'];
};
const saysTheSame = (told: PacketSetOff, row: PacketSetOffRow): boolean =>
  common.every((name) => told[name] === row[name]) && statesOf(told).includes(row.state);

const calledBack = ({ disbursements }: Packet['record'], row: PacketSetOffRow): boolean =>
  disbursements.some(
    ({ id, payment, state, fundId, amountFen }) =>
      id === row.disbursementId &&
      payment === row.payment &&
      state === 'cancelled' &&
      fundId === row.fundId &&
      BigInt(amountFen) >= BigInt(row.amountFen),
  );
