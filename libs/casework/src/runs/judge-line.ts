import { checkBankNumber, checkUscc, isCorporateAccount } from '@tranche/identifiers';
import type { ExclusionKey, Policy } from '@tranche/policies';
import { payeeTokenOf } from '../payee.js';
import { CELL, factsOfCells } from './cell-facts.js';
import type { ExtractColumns } from './extract-columns.js';
import { type Judgements, keysOfFirm } from './judgements.js';

export type Account = { readonly holderName: string; readonly accountNo: string; readonly bankNo: string; readonly bankName: string };

/** A line as it was stored, with what the house knows of its firm. */
export type StoredLine = {
  readonly rowNo: number;
  readonly uscc: string;
  readonly district: string;
  /** null: the line could not be read */
  readonly cells: string | null;
  readonly account: Account | null;
  readonly accountKnown: boolean;
  /** an earlier line of the same firm */
  readonly earlierRow: number | null;
  readonly organisation: { readonly id: string; readonly kind: string; readonly district: string; readonly status: string } | null;
  /** the organisation's approved account */
  readonly approved: Account | null;
};

/** Why a firm is not on the list: `code`, and what the code speaks of. Rules are named by their ids; their clauses stand in the policy. */
export type Reason = {
  readonly code: string;
  readonly rules?: readonly string[];
  readonly row?: number;
  readonly field?: string;
  readonly caseNo?: string;
};

export type Verdict = {
  readonly rowNo: number;
  readonly outcome: 'included' | 'excluded' | 'pending';
  readonly reason: Reason | null;
  readonly fen: string | null;
  readonly fund: string | null;
  readonly organisationId: string | null;
  readonly account: Account | null;
  /** what an included or pending firm takes of the exclusion groups */
  readonly keys: readonly ExclusionKey[];
};

export type Bench = {
  readonly policy: Policy;
  readonly columns: ExtractColumns;
  readonly judgements: Judgements;
  /** does this very version bind in the firm's place? */
  readonly binds: (district: string) => boolean;
  /** does the firm lie where the office may screen? */
  readonly within: (district: string) => boolean;
};

/** Decides one line: pure. What other cases of the firm exclude is asked of the database afterwards, for a page at once. */
export function judgeLine(bench: Bench, line: StoredLine): Verdict {
  const excluded = (reason: Reason): Verdict => ({
    rowNo: line.rowNo,
    outcome: 'excluded',
    reason,
    fen: null,
    fund: null,
    organisationId: line.organisation?.id ?? null,
    account: null,
    keys: [],
  });
  const faulty = faultOf(bench, line);
  if (faulty) return excluded(faulty);
  const kind = line.organisation?.kind ?? 'enterprise';
  const own = bench.policy.facts['payeeKind'] ? { payeeKind: kind } : {};
  const read = factsOfCells(bench.policy, bench.columns, (line.cells ?? '').split(CELL), own);
  if (!read.ok) return excluded({ code: read.code, field: read.field });
  const firm = payeeTokenOf(line.uscc);
  const { stamp, fen, fund } = bench.judgements.of(read.facts, firm, line.district);
  if (stamp.eligible !== true) return excluded({ code: stamp.eligible === false ? 'rule' : 'facts-missing', rules: stamp.unmet });
  if (!stamp.inWindow) return excluded({ code: 'out-of-window' });
  if (fen === null) return excluded({ code: 'nothing-to-pay' });
  const account = accountOf(line);
  return {
    ...excluded({ code: account.code ?? '' }),
    outcome: account.code === null ? 'included' : 'pending',
    reason: account.code === null ? null : { code: account.code },
    fen,
    fund,
    account: account.account,
    keys: keysOfFirm(stamp, firm),
  };
}

/** What keeps a line from being judged at all, in the order in which a person would see it. */
function faultOf({ policy, within, binds }: Bench, line: StoredLine): Reason | null {
  const { organisation } = line;
  if (line.cells === null) return { code: 'line-unreadable' };
  const checked = checkUscc(line.uscc);
  // whom our own books name needs no code
  if (!line.uscc.startsWith('p-') && !checked.wellFormed) return { code: 'uscc-malformed' };
  if (!line.uscc.startsWith('p-') && !checked.checkOk) return { code: 'uscc-check-failed' };
  if (line.earlierRow !== null) return { code: 'duplicate-line', row: line.earlierRow };
  if (!/^\d{6}$/.test(line.district)) return { code: 'district-unknown' };
  if (!within(line.district)) return { code: 'district-outside' };
  if (!binds(line.district)) return { code: 'version-elsewhere' };
  if (organisation === null) return null;
  if (organisation.district !== line.district) return { code: 'district-differs' };
  if (organisation.status !== 'active') return { code: 'organisation-suspended' };
  return (policy.payee as readonly string[]).includes(organisation.kind) ? null : { code: 'payee-kind' };
}

/**
 * The account to be paid to: the approved one of a firm that is known here; else that of the extract, if the registers have verified
 * it. One that nobody verified waits for the firm's word; so does a firm without one.
 */
function accountOf({ approved, account, accountKnown }: StoredLine): { account: Account | null; code: string | null } {
  if (approved) return { account: approved, code: null };
  if (!account || account.accountNo === '') return { account: null, code: 'account-missing' };
  if (accountFault(account) !== null) return { account: null, code: 'account-malformed' };
  return { account, code: accountKnown ? null : 'account-unconfirmed' };
}

/** The field of an account that cannot be right, or null. */
export function accountFault({ holderName, accountNo, bankNo, bankName }: Account): keyof Account | null {
  if (holderName === '' || holderName.length > 140) return 'holderName';
  if (!isCorporateAccount(accountNo)) return 'accountNo';
  if (!checkBankNumber(bankNo).wellFormed) return 'bankNo';
  return bankName.length > 140 ? 'bankName' : null;
}
