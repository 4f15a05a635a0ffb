import { formatInstant } from '@tranche/calendar';
import { checkBankNumber, isCorporateAccount, maskAccount } from '@tranche/identifiers';
import { sha256Of } from '../command.js';
import { closeCorrections } from '../payments/account-doubt.js';
import { type Done, type Office, once, type Request, type Tx } from './once.js';
import { anotherPerson, decidedAlready, type NotDone, notDone, notFound } from './refused.js';

export type NewPayeeAccount = {
  readonly organisationId: string;
  readonly holderName: string;
  readonly accountNo: string;
  /** 12-digit CNAPS number of the bank */
  readonly bankNo: string;
  readonly bankName: string;
};
export type AccountProposed = {
  readonly id: string;
  readonly state: 'proposed';
  readonly accountMasked: string;
  readonly contentHash: string;
};

/** Proposes an account to be paid to. Nothing is paid there before another person approves it; it is never edited, only replaced. */
export function proposePayeeAccount(office: Office, request: Request, given: NewPayeeAccount): Promise<Done<AccountProposed> | NotDone> {
  const accountNo = given.accountNo.replace(/\s/g, '');
  return once(office, request, async (tx) => {
    if (!isCorporateAccount(accountNo)) return notDone('data-invalid', '账号格式不正确。', 'This is not an account number.', 'accountNo');
    if (!checkBankNumber(given.bankNo).wellFormed)
      return notDone('data-invalid', '行号应为 12 位数字。', 'A bank number has 12 digits.', 'bankNo');
    const { rowCount } = await tx.query('SELECT id FROM organisations WHERE id = $1', [given.organisationId]);
    if (rowCount === 0) return notFound();
    const id = office.newId();
    const contentHash = sha256Of({ ...given, accountNo });
    await tx.query(
      `INSERT INTO payee_accounts (id, organisation_id, holder_name, account_no, bank_no, bank_name, state, content_hash, proposed_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, 'proposed', $7, $8, $9)`,
      [
        id,
        given.organisationId,
        given.holderName,
        accountNo,
        given.bankNo,
        given.bankName,
        contentHash,
        request.actor.userId,
        new Date(office.systemNow()),
      ],
    );
    return { id, state: 'proposed' as const, accountMasked: maskAccount(accountNo), contentHash };
  });
}

export type AccountDecided = { readonly id: string; readonly state: 'approved' | 'rejected' };

/** Approves or rejects a proposed account; an approved one takes the place of the organisation's earlier one. */
export function decidePayeeAccount(
  office: Office,
  request: Request,
  { organisationId, accountId, decision }: { organisationId: string; accountId: string; decision: 'approved' | 'rejected' },
): Promise<Done<AccountDecided> | NotDone> {
  return once(office, request, async (tx) => {
    const proposed = await lockAccount(tx, organisationId, accountId);
    if (proposed === undefined) return notFound();
    if (proposed.proposed_by === request.actor.userId) return anotherPerson();
    if (proposed.state !== 'proposed') return decidedAlready();
    if (decision === 'approved')
      await tx.query(`UPDATE payee_accounts SET state = 'retired' WHERE organisation_id = $1 AND state = 'approved'`, [organisationId]);
    await tx.query('UPDATE payee_accounts SET state = $2, decided_by = $3, decided_at = $4 WHERE id = $1', [
      accountId,
      decision,
      request.actor.userId,
      new Date(office.systemNow()),
    ]);
    if (decision === 'approved') await closeCorrections(tx, organisationId, formatInstant(office.systemNow()));
    return { id: accountId, state: decision };
  });
}

/** All accounts of the organisation are locked, so that two approvals at once cannot both see none approved. */
async function lockAccount(tx: Tx, organisationId: string, accountId: string): Promise<{ state: string; proposed_by: string } | undefined> {
  const { rows } = await tx.query<{ id: string; state: string; proposed_by: string }>(
    'SELECT id, state, proposed_by FROM payee_accounts WHERE organisation_id = $1 ORDER BY id FOR UPDATE',
    [organisationId],
  );
  return rows.find((row) => row.id === accountId);
}
