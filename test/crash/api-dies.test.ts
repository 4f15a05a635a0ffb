import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { v7 } from 'uuid';
import { HttpCase } from '../support/http-case.js';
import { RunningHouse } from '../support/processes.js';
import { until } from '../support/worker.js';

jest.setTimeout(60_000);

let house: RunningHouse;
beforeAll(async () => {
  house = await RunningHouse.start();
});
afterAll(() => house?.close());

describe('an api process killed after the commit, before it could wake the worker or answer', () => {
  it('lost neither the event nor its consequences, and the same request again gets the stored answer', async () => {
    const story = await HttpCase.open(house);
    await story.approved();
    const { api, number } = await house.startApi({ TRANCHE_CHECKPOINT: 'after-commit-before-wake' });
    const request = { as: 'institution', body: { type: 'milestone.started', data: {} }, key: v7() };
    await expect(house.client.ask('POST', `cases/${story.id}/events`, { ...request, api: number })).rejects.toThrow();
    expect(await api.gone).toEqual({ code: null, signal: 'SIGKILL' });

    await until('the worker to find the work by itself', async () => (await story.tranche('s1'))?.state === 'requested');
    const again = await house.client.ask('POST', `cases/${story.id}/events`, { ...request, api: 0 });
    expect([again.status, again.body['type'], again.body['replayed']]).toEqual([200, 'milestone.started', true]);
    expect(await house.rows("SELECT seq FROM case_events WHERE case_id = $1 AND type = 'milestone.started'", [story.id])).toHaveLength(1);
    expect(await house.rows('SELECT id FROM disbursements WHERE case_id = $1', [story.id])).toHaveLength(1);
  });
});
