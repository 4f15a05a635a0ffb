// What a story needs agreed before it begins, by the people who agree on it.

import { addAccount } from '../support/accounts.js';
import type { RunningHouse } from '../support/processes.js';

/** A rule of the house, by two people. */
export async function rule(house: RunningHouse, key: string, value: unknown): Promise<void> {
  const cite = { doc: '内部控制制度', clause: '第一条', basis: 'external' };
  const asked = { policyId: 'house', key, scope: 'CN-2102', effectiveFrom: await house.today(), value, cite, reason: '内部控制' };
  const { id } = await house.client.post<{ id: string }>('supervisor', 'parameters', asked);
  await house.client.post('approver', `parameters/${id}/approve`);
}

/** Another checker. */
export async function secondChecker(house: RunningHouse, username: string): Promise<void> {
  await addAccount(house.client, { username, displayName: '财政复核二', role: 'checker', district: '210200' });
}
