/** Everything that can be made to go wrong. */
export const FAULT_KINDS = [
  'accept-then-drop-connection',
  'drop-before-booking',
  '5xx-before-booking',
  '5xx-after-booking',
  'reject',
  'account-closed',
  'pending-then-settle',
  'pending-then-reject',
  'return',
  'slow',
  'duplicate-answer',
  'no-news',
  'wrong-amount-answer',
  'wrong-reference-answer',
  'garbage-answer',
  'crash-mid-booking',
  'crash-after-booking',
  'cut-off-passed',
  'holiday',
  'stale-status',
  'twice-in-file',
  'line-without-reference',
  'amount-off-by-one',
  'same-reference-twice',
  'page-missing',
  'opening-differs',
  'gbk',
  'bom',
  'crlf',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** Which requests a fault hits: every given condition must hold; none given = any request. */
export interface Match {
  reference?: string;
  /** the payee's account */
  accountNo?: string;
  /** the nth matching request since the fault was planned, from 1 */
  nth?: number;
}

export interface Fault {
  id: number;
  kind: FaultKind;
  on: 'payment' | 'inquiry' | 'statement' | 'status';
  match: Match;
  /** how often it still strikes; null = always */
  times: number | null;
  afterMs: number | null;
  ms: number;
  status: number;
  code: string;
  text: string;
  seen: number;
  hits: number;
}

const ON = ['payment', 'inquiry', 'statement', 'status'] as const;
const IN_STATEMENTS: readonly FaultKind[] = [
  'line-without-reference',
  'amount-off-by-one',
  'same-reference-twice',
  'page-missing',
  'opening-differs',
  'gbk',
  'bom',
  'crlf',
];
const IN_STATUSES: readonly FaultKind[] = ['stale-status', 'twice-in-file'];

const usualOn = (kind: FaultKind): Fault['on'] =>
  IN_STATEMENTS.includes(kind) ? 'statement' : IN_STATUSES.includes(kind) ? 'status' : 'payment';

/** Faults that strike one request, by kind. */
export type Strikes = ReadonlyMap<FaultKind, Fault>;

/** The plan of faults. It lives in memory: a restarted bank is a healthy bank. */
export class FaultPlan {
  private faults: Fault[] = [];
  private nextId = 1;

  list(): readonly Fault[] {
    return this.faults;
  }

  clear(): void {
    this.faults = [];
  }

  /** Reads one fault of `POST /faults`; throws TypeError with the reason when it is not one. */
  add(body: unknown): Fault {
    const given = objectOf(body, 'a fault');
    const kind = FAULT_KINDS.find((known) => known === given['kind']);
    if (kind === undefined) throw new TypeError(`kind must be one of ${FAULT_KINDS.join(', ')}`);
    const fault: Fault = {
      id: this.nextId,
      kind,
      on: ON.find((known) => known === given['on']) ?? usualOn(kind),
      match: matchOf(given['match']),
      times: given['times'] === null ? null : (count(given, 'times') ?? (kind === 'account-closed' ? null : 1)),
      afterMs: count(given, 'afterMs') ?? null,
      ms: count(given, 'ms') ?? 0,
      status: count(given, 'status') ?? 503,
      code: word(given, 'code') ?? defaultCode(kind),
      text: word(given, 'text') ?? defaultText(kind),
      seen: 0,
      hits: 0,
    };
    this.nextId += 1;
    this.faults.push(fault);
    return fault;
  }

  /** Counts this request against the plan and returns what strikes it. */
  strike(on: Fault['on'], reference: string, accountNo: string | undefined): Strikes {
    const strikes = new Map<FaultKind, Fault>();
    for (const fault of this.faults) {
      if (fault.on !== on || !concerns(fault.match, reference, accountNo)) continue;
      fault.seen += 1;
      if ((fault.match.nth !== undefined && fault.seen !== fault.match.nth) || fault.times === 0 || strikes.has(fault.kind)) continue;
      if (fault.times !== null) fault.times -= 1;
      fault.hits += 1;
      strikes.set(fault.kind, fault);
    }
    return strikes;
  }
}

function concerns(match: Match, reference: string, accountNo: string | undefined): boolean {
  return (match.reference ?? reference) === reference && (match.accountNo === undefined || match.accountNo === accountNo);
}

function matchOf(given: unknown): Match {
  if (given === undefined) return {};
  const match = objectOf(given, 'match');
  const nth = count(match, 'nth');
  const reference = word(match, 'reference');
  const accountNo = word(match, 'accountNo');
  return {
    ...(reference === undefined ? {} : { reference }),
    ...(accountNo === undefined ? {} : { accountNo }),
    ...(nth === undefined ? {} : { nth }),
  };
}

function objectOf(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError(`${what} must be an object`);
  return value as Record<string, unknown>;
}

function count(from: Record<string, unknown>, key: string): number | undefined {
  const value = from[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new TypeError(`${key} must be a whole number`);
  return value;
}

function word(from: Record<string, unknown>, key: string): string | undefined {
  const value = from[key];
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw new TypeError(`${key} must be text`);
  return value;
}

function defaultCode(kind: FaultKind): string {
  if (kind === 'account-closed' || kind === 'return') return 'AC04';
  return kind === 'reject' || kind === 'pending-then-reject' ? 'AC01' : 'NARR';
}

function defaultText(kind: FaultKind): string {
  if (kind === 'account-closed' || kind === 'return') return '收款账户已销户 account closed';
  return kind === 'reject' || kind === 'pending-then-reject' ? '收款账号有误 incorrect account number' : kind;
}
