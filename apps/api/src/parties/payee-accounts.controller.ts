import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { formatInstant } from '@tranche/calendar';
import { decidePayeeAccount, type FieldKeys, type House, proposePayeeAccount, stepUp } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { maskAccount } from '@tranche/identifiers';
import { z } from 'zod';
import type { HttpSettings } from '../config.js';
import { type IdPath, idPath, instant, line, uuid } from '../fields/fields.js';
import { By } from '../http/actor.js';
import { type CommandKey, Key } from '../http/idempotency.js';
import { Operation } from '../http/operation.js';
import { answerOf, found, problemOfRefusal } from '../http/outcome.js';
import { HOUSE, KEYS, SETTINGS } from '../ports.js';

const newAccount = z
  .strictObject({ holderName: line(140), accountNo: z.string().max(64), bankNo: z.string().max(14), bankName: line(140) })
  .meta({ id: 'NewPayeeAccount' });
const state = z.enum(['proposed', 'approved', 'rejected', 'retired']);
const account = z
  .object({
    id: uuid,
    holderName: z.string(),
    accountMasked: z.string(),
    bankNo: z.string(),
    bankName: z.string(),
    state,
    contentHash: z.string(),
    /** it took the place of another: the checker is shown so, and it is paid from `usableFrom` on */
    changed: z.boolean(),
    usableFrom: instant.nullable(),
  })
  .meta({ id: 'PayeeAccount' });
const approval = z
  .strictObject({ otp: z.string().max(16).optional() })
  .nullish()
  .meta({ id: 'AccountApproval' });
const accountPath = z.strictObject({ id: uuid, accountId: uuid });
type AccountPath = z.infer<typeof accountPath>;
const decided = z.object({ id: uuid, state });

type AccountRow = {
  id: string;
  holderName: string;
  accountNo: string;
  bankNo: string;
  bankName: string;
  state: string;
  contentHash: string;
  changed: boolean;
  usableFrom: number | null;
};

const accountView = ({ accountNo, usableFrom, ...row }: AccountRow) => ({
  ...row,
  accountMasked: maskAccount(accountNo),
  usableFrom: usableFrom === null ? null : formatInstant(usableFrom),
});

@Controller('api/v1/organisations/:id/accounts')
export class PayeeAccountsController {
  constructor(
    @Inject(HOUSE) private readonly house: House,
    @Inject(KEYS) private readonly keys: FieldKeys,
    @Inject(SETTINGS) private readonly settings: HttpSettings,
  ) {}

  @Get()
  @Operation({
    summary: { zh: '收款账户(掩码)', en: 'Payee accounts (masked)' },
    answer: z.object({ items: z.array(account), nextCursor: z.null() }),
  })
  async list(@By() actor: Actor, @Param({ schema: idPath }) { id }: IdPath) {
    const rows = await this.house.database.read<AccountRow>(
      actor,
      `SELECT id, holder_name AS "holderName", account_no AS "accountNo", bank_no AS "bankNo", bank_name AS "bankName", state, content_hash AS "contentHash", changed, usable_from AS "usableFrom"
       FROM payee_accounts WHERE organisation_id = $1 ORDER BY id DESC LIMIT 200`,
      [id],
    );
    return { items: rows.map(accountView), nextCursor: null };
  }

  @Post()
  @Operation({
    summary: { zh: '登记收款账户(待另一人批准)', en: 'Propose a payee account (another person approves)' },
    answer: z.object({ id: uuid, state, accountMasked: z.string(), contentHash: z.string() }),
    problems: ['data-invalid'],
  })
  propose(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: newAccount }) body: z.infer<typeof newAccount>,
  ) {
    return answerOf(proposePayeeAccount(this.house, { actor, ...key }, { organisationId: id, ...body }));
  }

  @Post(':accountId/approve')
  @HttpCode(200)
  @Operation({
    summary: { zh: '批准收款账户', en: 'Approve a payee account' },
    answer: decided,
    problems: ['four-eyes-required', 'already-decided', 'otp-required', 'otp-refused'],
  })
  async approve(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: accountPath }) { id, accountId }: AccountPath,
    @Body({ schema: approval }) body: z.infer<typeof approval>,
  ) {
    const [account] = await this.house.database.read<{ hash: string }>(
      actor,
      'SELECT content_hash AS hash FROM payee_accounts WHERE id = $1 AND organisation_id = $2',
      [accountId, id],
    );
    const asked = { code: body?.otp, subject: `account:${found(account).hash}`, required: this.settings.otpRequired };
    const refused = await stepUp(this.house, actor, asked, this.keys);
    if (refused) throw problemOfRefusal(refused);
    return answerOf(decidePayeeAccount(this.house, { actor, ...key }, { organisationId: id, accountId, decision: 'approved' }));
  }

  @Post(':accountId/reject')
  @HttpCode(200)
  @Operation({
    summary: { zh: '驳回收款账户', en: 'Reject a payee account' },
    answer: decided,
    problems: ['four-eyes-required', 'already-decided'],
  })
  reject(@By() actor: Actor, @Key() key: CommandKey, @Param({ schema: accountPath }) { id, accountId }: AccountPath) {
    return answerOf(decidePayeeAccount(this.house, { actor, ...key }, { organisationId: id, accountId, decision: 'rejected' }));
  }
}
