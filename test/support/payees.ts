import { hash } from '@node-rs/argon2';
import { createUser } from '@tranche/casework';
import { systemActor } from '@tranche/database';
import { usccCheck } from '@tranche/identifiers';
import { type PayeeKind, type Role, roleOf } from '@tranche/policies';
import { v7 } from 'uuid';
import { addAccount } from './accounts.js';
import { inventId } from './any-case.js';
import { sandboxPassword } from './http-client.js';
import type { RunningHouse } from './processes.js';

/** Who is paid, and the account under which its own people sign in. */
export type HttpPayee = {
  readonly as: string;
  readonly role: Role;
  readonly kind: PayeeKind;
  readonly organisationId: string;
  readonly payeeAccountId: string;
};

/** Registers payees and their people over HTTP, by the steps anybody takes: two people for an account, two for a user. */
export class Payees {
  private readonly known = new Map<string, Promise<HttpPayee>>();
  private readonly seconds = new Map<string, Promise<string>>();
  private serial = 0;

  /** `accounts`: of their people, made and granted over HTTP, or there already with a password that is quickly checked. */
  constructor(
    private readonly house: RunningHouse,
    private readonly accounts: 'made' | 'ready' = 'made',
  ) {}

  /** The same payee whenever the same name is asked for. */
  of(name: string, kind: PayeeKind, district: string): Promise<HttpPayee> {
    const key = `${name} ${kind} ${district}`;
    const payee = this.known.get(key) ?? this.register(kind, district);
    this.known.set(key, payee);
    return payee;
  }

  /** A second person of an office's role, for two duties of one case. */
  second(role: Role): Promise<string> {
    const known = this.seconds.get(role) ?? this.user(`second-${role}`, role);
    this.seconds.set(role, known);
    return known;
  }

  private async register(kind: PayeeKind, district: string): Promise<HttpPayee> {
    this.serial += 1;
    const at = this.serial;
    const { client } = this.house;
    const holderName = `示例单位${at}`;
    const number = kind === 'citizen' ? { idNumber: inventId(20_000 + at) } : { uscc: usccOf(at) };
    const body = { name: kind === 'citizen' ? '张小明' : holderName, kind, district, ...number };
    const { id: organisationId } = await client.post<{ id: string }>('officer', 'organisations', body);
    if (kind === 'institution') await client.post('approver', `organisations/${organisationId}/approve`);
    const account = { holderName, accountNo: `62220200001${String(at).padStart(8, '0')}`, bankNo: '102100099996', bankName: '示例银行' };
    const path = `organisations/${organisationId}/accounts`;
    const { id: payeeAccountId } = await client.post<{ id: string }>('officer', path, account);
    await client.post('reviewer', `${path}/${payeeAccountId}/approve`);
    const role = roleOf[kind];
    const as = role === 'officer' ? 'officer' : await this.user(`${kind}-${at}`, role, organisationId);
    return { as, role, kind, organisationId, payeeAccountId };
  }

  private async user(username: string, role: Role, organisationId?: string): Promise<string> {
    if (this.accounts === 'ready') return this.ready(username, role, organisationId ?? null);
    await addAccount(this.house.client, { username, displayName: username, role, ...(organisationId ? { organisationId } : {}) });
    return username;
  }

  private async ready(username: string, role: Role, organisationId: string | null): Promise<string> {
    const passwordHash = await hash(sandboxPassword, quickly);
    const person = { username, displayName: username, role, organisationId, district: null, passwordHash };
    const office = { database: this.house.database, newId: v7, systemNow: Date.now };
    const request = { actor: systemActor('test'), key: v7(), requestSha256: '0'.repeat(64) };
    const made = await createUser(office, request, person, 'active');
    if (!made.ok) throw new Error(`${username}: ${made.code}`);
    return username;
  }
}

/** Weak on purpose: signing in a hundred people takes no time. */
const quickly = { memoryCost: 8, timeCost: 1, parallelism: 1 } as const;

/** A made-up credit code whose check character fits. */
export function usccOf(at: number): string {
  const first17 = `91210200MC${String(at).padStart(7, '0')}`;
  return first17 + usccCheck(first17);
}
