import { Controller, Get, Inject, Query } from '@nestjs/common';
import { returnReason } from '@tranche/bank';
import { formatInstant } from '@tranche/calendar';
import type { House } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { maskAccount } from '@tranche/identifiers';
import { z } from 'zod';
import { instant, text, uuid } from '../fields/fields.js';
import { afterId, page, pageOf, paging } from '../fields/paging.js';
import { By } from '../http/actor.js';
import { Operation } from '../http/operation.js';
import { HOUSE } from '../ports.js';

const show = z.enum(['proposed', 'doubted']);
const account = z.object({ holderName: z.string(), accountMasked: z.string(), bankNo: z.string(), bankName: z.string() });
const work = z
  .object({
    id: uuid,
    ...account.shape,
    organisationId: uuid,
    organisation: z.string(),
    proposedBy: uuid,
    proposedAt: instant,
    /** the account it would take the place of */
    former: account.nullable(),
    /** why a bank refused the account that is paid to now; it is corrected, or confirmed anew, before anything is paid again */
    doubt: z.object({ code: z.string(), text }).nullable(),
  })
  .meta({ id: 'AccountToSee' });
type Account = Omit<z.infer<typeof account>, 'accountMasked'> & { readonly accountNo: string };
type Row = Account &
  Omit<z.infer<typeof work>, 'accountMasked' | 'proposedAt' | 'former' | 'doubt'> & {
    readonly proposedAt: number;
    readonly former: Account | null;
    readonly doubt: string | null;
  };
const listQuery = z.strictObject({ ...paging, show });

const masked = ({ holderName, accountNo, bankNo, bankName }: Account) => ({
  holderName,
  accountMasked: maskAccount(accountNo),
  bankNo,
  bankName,
});
const view = ({ id, organisationId, organisation, proposedBy, proposedAt, former, doubt, ...row }: Row): z.infer<typeof work> => ({
  id,
  ...masked(row),
  organisationId,
  organisation,
  proposedBy,
  proposedAt: formatInstant(proposedAt),
  former: former && masked(former),
  doubt: doubt === null ? null : { code: doubt, text: returnReason(doubt)?.text ?? { zh: doubt, en: doubt } },
});

/** Payee accounts somebody must look at: proposed ones that wait for a second person, and approved ones that a bank refused. */
@Controller('api/v1/payee-accounts')
export class AccountWorklistController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get()
  @Operation({
    summary: { zh: '待复核或待更正的收款账户', en: 'Payee accounts to be approved, or to be corrected' },
    answer: pageOf(work),
    problems: ['cursor-invalid'],
  })
  async list(@By() actor: Actor, @Query({ schema: listQuery }) { limit, cursor, show: asked }: z.infer<typeof listQuery>) {
    const which = asked === 'proposed' ? `p.state = 'proposed'` : `p.state = 'approved' AND q.code IS NOT NULL`;
    const rows = await this.house.database.read<Row>(
      actor,
      `SELECT p.id, p.holder_name AS "holderName", p.account_no AS "accountNo", p.bank_no AS "bankNo", p.bank_name AS "bankName", p.organisation_id AS "organisationId",
         o.name AS organisation, p.proposed_by AS "proposedBy", p.recorded_at AS "proposedAt", q.code AS doubt,
         CASE WHEN f.id IS NOT NULL THEN jsonb_build_object('holderName', f.holder_name, 'accountNo', f.account_no, 'bankNo', f.bank_no, 'bankName', f.bank_name) END AS former
       FROM payee_accounts p JOIN organisations o ON o.id = p.organisation_id
       LEFT JOIN payee_accounts f ON f.organisation_id = p.organisation_id AND f.state = 'approved' AND f.id <> p.id
       LEFT JOIN payee_account_doubts q ON q.payee_account_id = coalesce(f.id, p.id)
       WHERE ${which} AND ($1::uuid IS NULL OR p.id < $1) ORDER BY p.id DESC LIMIT $2`,
      [afterId(cursor), limit + 1],
    );
    return page(rows, limit, ({ id }) => id, view);
  }
}
