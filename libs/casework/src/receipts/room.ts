import type { Tx } from '@tranche/database';
import { type NotDone, notDone } from '../administration/refused.js';

/** What answers an earlier booking, and the account that the earlier one went to: charges that are made good, money that is sent back. */
const answers = [
  { kind: 'bank-fee', direction: 'credit', code: '1203', sign: 1n },
  { kind: 'foreign', direction: 'debit', code: '2106', sign: -1n },
] as const;

type Line = { readonly accountNo: string; readonly direction: string; readonly amountFen: string; readonly kind: string };

/**
 * Is a line called the answer to more than came before? Refused then, with what is left; what was confirmed and is not posted yet counts. With
 * `lock` nobody else decides on a line of this bank account until the transaction ends. The database holds the books to it as well (`matches_within`).
 */
export async function refuseBeyond(tx: Tx, line: Line, lock = false): Promise<NotDone | null> {
  const answer = answers.find(({ kind, direction }) => kind === line.kind && direction === line.direction);
  if (answer === undefined) return null;
  if (lock) await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('explained:' || $1, 0))`, [line.accountNo]);
  const { rows } = await tx.query<{ fen: string; waiting: string }>(
    `SELECT (SELECT coalesce(sum(e.amount_fen), 0) FROM funds f JOIN accounts a ON a.fund_id = f.id AND a.book = 'cash' AND a.code = $2 JOIN entries e ON e.account_id = a.id
              WHERE f.debtor_account_no = $1)::text AS fen,
       (SELECT coalesce(sum(l.amount_fen), 0) FROM line_proposals p JOIN statement_lines l ON l.id = p.line_id
         WHERE p.state = 'confirmed' AND p.kind = $3 AND l.direction = $4 AND l.account_no = $1 AND NOT EXISTS (SELECT FROM matches m WHERE m.line_id = l.id))::text AS waiting`,
    [line.accountNo, answer.code, answer.kind, answer.direction],
  );
  const left = answer.sign * BigInt(rows[0]?.fen ?? '0') - BigInt(rows[0]?.waiting ?? '0');
  return BigInt(line.amountFen) <= left ? null : beyond(answer.kind, left);
}

const beyond = (kind: (typeof answers)[number]['kind'], left: bigint): NotDone =>
  kind === 'foreign'
    ? notDone(
        'data-invalid',
        `该账户可退回的他人款项只有 ${left} 分；先认领收到的款项，银行误扣的请选银行收费。未作更改。`,
        `This account holds ${left} fen of others to send back: first say what came, or call what the bank took by mistake its charge. Nothing was changed.`,
        'kind',
      )
    : notDone(
        'data-invalid',
        `银行应补还的只有 ${left} 分；先认领被扣收的款项。未作更改。`,
        `The bank has ${left} fen to make good on this account: first say what it took. Nothing was changed.`,
        'kind',
      );
