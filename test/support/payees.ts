import { usccCheck } from '@tranche/identifiers';
import { type PayeeKind, type Role, roleOf } from '@tranche/policies';
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

  constructor(private readonly house: RunningHouse) {}

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
    const { client } = this.house;
    const person = { username, displayName: username, role, password: sandboxPassword, ...(organisationId ? { organisationId } : {}) };
    const { id } = await client.post<{ id: string }>('admin', 'users', person);
    await client.post('security', `users/${id}/activate`);
    return username;
  }
}

/** A made-up credit code whose check character fits. */
export function usccOf(at: number): string {
  const first17 = `91210200MC${String(at).padStart(7, '0')}`;
  return first17 + usccCheck(first17);
}
