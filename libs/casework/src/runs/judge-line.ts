import { checkBankNumber, checkUscc, isCorporateAccount } from '@tranche/identifiers';
import type { ExclusionKey, Policy } from '@tranche/policies';
import { isPerson, payeeTokenOf } from '../payee.js';
import { CELL, factsOfCells } from './cell-facts.js';
import { type Judgements, keysOfFirm } from './judgements.js';
import type { Run } from './run-row.js';

export type Account = { readonly holderName: string; readonly accountNo: string; readonly bankNo: string; readonly bankName: string };

/** A line as it was stored, with what the house knows of its firm. */
export type StoredLine = {
  readonly rowNo: number;
  readonly uscc: string;
  readonly name: string;
  readonly district: string;
  /** null: the line could not be read */
  readonly cells: string | null;
  readonly account: Account | null;
  readonly accountKnown: boolean;
  /** the line that counts of the same firm or person: an earlier one, or the one of our own books */
  readonly earlierRow: number | null;
  /** what was found of a person and the account while the extract was read */
  readonly noted: Reason | null;
  readonly organisation: {
    readonly id: string;
    readonly name: string;
    readonly kind: string;
    readonly district: string;
    readonly status: string;
  } | null;
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
  readonly run: Pick<Run, 'declared' | 'columns'>;
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
  const kind = line.organisation?.kind ?? (isPerson(line.uscc) ? 'citizen' : 'enterprise');
  const own = bench.policy.facts['payeeKind'] ? { payeeKind: kind } : {};
  const read = factsOfCells(bench.policy, bench.run, (line.cells ?? '').split(CELL), own);
  if (!read.ok) return excluded({ code: read.code, field: read.field });
  const firm = payeeTokenOf(line.uscc);
  const { stamp, fen, fund } = bench.judgements.of(read.facts, firm, line.district);
  if (stamp.eligible !== true) return excluded({ code: stamp.eligible === false ? 'rule' : 'facts-missing', rules: stamp.unmet });
  if (!stamp.inWindow) return excluded({ code: 'out-of-window' });
  if (fen === null) return excluded({ code: 'nothing-to-pay' });
  const account = accountOf(line);
  return {
    ...excluded({ code: '' }),
    outcome: account.reason === null ? 'included' : 'pending',
    reason: account.reason,
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
  if (line.noted && line.uscc === '') return line.noted;
  const checked = checkUscc(line.uscc);
  // a person has no code: who it is was found out when the line was stored
  if (!isPerson(line.uscc) && !checked.wellFormed) return { code: 'uscc-malformed' };
  if (!isPerson(line.uscc) && !checked.checkOk) return { code: 'uscc-check-failed' };
  // lines of our own books stand behind those of the extract, and count before them
  if (line.earlierRow !== null) return { code: line.earlierRow > line.rowNo ? 'known-from-books' : 'duplicate-line', row: line.earlierRow };
  if (!/^\d{6}$/.test(line.district)) return { code: 'district-unknown' };
  if (!within(line.district)) return { code: 'district-outside' };
  if (!binds(line.district)) return { code: 'version-elsewhere' };
  if (organisation === null) return null;
  // the number of somebody else: one that passes its check digit all the same
  if (isPerson(line.uscc) && organisation.name !== line.name) return { code: 'name-differs' };
  if (organisation.district !== line.district) return { code: 'district-differs' };
  if (organisation.status !== 'active') return { code: 'organisation-suspended' };
  return (policy.payee as readonly string[]).includes(organisation.kind) ? null : { code: 'payee-kind' };
}

/**
 * The account to be paid to: the approved one of a firm that is known here; else that of the extract, if the registers have verified
 * it. One that nobody verified, that is another's, or that several people name waits for a word; so does whoever has none.
 */
function accountOf({ approved, account, accountKnown, noted }: StoredLine): { account: Account | null; reason: Reason | null } {
  if (approved) return { account: approved, reason: null };
  if (!account || account.accountNo === '') return { account: null, reason: { code: 'account-missing' } };
  if (accountFault(account) !== null) return { account: null, reason: { code: 'account-malformed' } };
  return { account, reason: noted ?? (accountKnown ? null : { code: 'account-unconfirmed' }) };
}

/** The field of an account that cannot be right, or null. */
export function accountFault({ holderName, accountNo, bankNo, bankName }: Account): keyof Account | null {
  if (holderName === '' || holderName.length > 140) return 'holderName';
  if (!isCorporateAccount(accountNo)) return 'accountNo';
  if (!checkBankNumber(bankNo).wellFormed) return 'bankNo';
  return bankName.length > 140 ? 'bankName' : null;
}
