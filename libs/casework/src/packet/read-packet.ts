import type { Actor } from '@tranche/database';
import { fundsIn } from '@tranche/ledger';
import { type RowReader, readCaseBundle } from '../audit/case-rows.js';
import type { House } from '../house.js';
import { type Packet, type PacketAudience, packetOf } from './packet.js';
import { readWitnesses } from './witness-rows.js';

export type PacketQuestion = {
  readonly caseId: string;
  readonly payment: string | null;
  /** the lines of the case as they were signed, with accounts: for those who check the signatures */
  readonly signedLines: boolean;
};

const overseers: ReadonlySet<string> = new Set(['supervisor', 'auditor']);
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** One packet, of one moment, with what row security shows this person; undefined: no such case for him, or no such payment in it. */
export function readPacket(house: House, actor: Actor, question: PacketQuestion): Promise<Packet | undefined> {
  const audience: PacketAudience = overseers.has(actor.role) ? 'oversight' : 'applicant';
  return house.database.transaction(
    actor,
    async (tx) => {
      const reader: RowReader = { read: async (sql, params = []) => (await tx.query(sql, [...params])).rows as never };
      const bundle = await readCaseBundle(reader, question.caseId);
      if (!bundle) return undefined;
      const { payment } = question;
      if (payment !== null && !bundle.disbursements.some((each) => each.payment === payment)) return undefined;
      const witnesses = await readWitnesses(reader, {
        ...question,
        signedLines: question.signedLines && audience === 'oversight',
        fundIds: [...new Set(bundle.disbursements.flatMap(({ fundId }) => fundsIn(fundId)))],
        personIds: audience === 'oversight' ? bundle.events.map(({ actor: person }) => person).filter((id) => uuid.test(id)) : [],
      });
      return packetOf(house.policies, { audience, payment, witnesses, bundle });
    },
    { frozen: true },
  );
}
