import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dispatch, sha256Of } from '@tranche/casework';
import { eventTypes } from '@tranche/machines';
import { type Role, roles } from '@tranche/policies';
import { v7 } from 'uuid';
import { casePolicy, draftCase, openWorld, type World } from '../../../test/support/world.js';

/** They see the rows of their own organisation only, and this case is another's; the administrators see no case at all. */
const strangers: readonly Role[] = ['enterprise', 'citizen', 'admin', 'security'];
const types = [...eventTypes(casePolicy()).values()];

let world: World;
let caseId: string;
beforeAll(async () => {
  world = await openWorld();
  caseId = await draftCase(world);
});
afterAll(() => world?.close());

/** An empty body: enough to learn whether this role is heard at all; what the body lacks is asked after that. */
const codeOf = async (type: string, role: Role): Promise<string> => {
  const answer = await dispatch(world.house, world.by(role), {
    caseId,
    type,
    data: { 不: '存在' },
    key: v7(),
    requestSha256: sha256Of({ type }),
    cause: 'http',
  });
  return answer.ok ? 'accepted' : answer.code;
};

describe('who is heard', () => {
  it.each(types.map((each) => [each.type, each] as const))('%s: only the roles its type names', async (type, { source }) => {
    const heard = await Promise.all(roles.map(async (role) => [role, await codeOf(type, role)]));
    const allowed = source.kind === 'person' ? source.roles : [];
    const refusal = source.kind === 'person' ? 'role-not-allowed' : 'event-unknown';
    const expected = roles.map((role) => [
      role,
      strangers.includes(role) ? 'case-not-found' : allowed.includes(role) ? 'data-invalid' : refusal,
    ]);
    // a case is opened by its own door; its free-form body is never read here
    if (type === 'case.opened') expect(heard.find(([role]) => role === 'institution')).toEqual(['institution', 'event-not-allowed']);
    else expect(heard).toEqual(expected);
  });

  it('leaves nothing behind when nobody was heard', async () => {
    const [row] = await world.rows<{ version: number; commands: number }>(
      'SELECT version, (SELECT count(*)::int FROM commands WHERE case_id = $1) AS commands FROM cases WHERE id = $1',
      [caseId],
    );
    expect(row).toEqual({ version: 1, commands: 1 });
  });

  it('no event type has no test: every type is known to the policy by name', () => {
    expect(types.length).toBeGreaterThan(30);
  });
});
