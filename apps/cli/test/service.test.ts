import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { StartProblem } from '../src/up/problem.js';
import { identify } from '../src/up/process-identity.js';
import { Service, type ServiceNews, type ServiceTiming } from '../src/up/service.js';
import { tempFolder } from './temp-folder.js';

const dir = tempFolder();
const QUICK: ServiceTiming = { readyMs: 5_000, stopMs: 300, pausesMs: [10, 20], healthyMs: 60_000 };

function service(fixture: string, timing: Partial<ServiceTiming> = {}) {
  const pids: number[] = [];
  const said: string[] = [];
  let gaveUp: (problem: StartProblem) => void = () => {};
  const givenUp = new Promise<StartProblem>((resolve) => {
    gaveUp = resolve;
  });
  const news: ServiceNews = { started: (_name, pid) => pids.push(pid), say: ({ en }) => said.push(en), gaveUp };
  const spec = {
    name: fixture,
    label: { zh: '样例', en: 'The sample' },
    script: join(__dirname, 'fixtures', `${fixture}.mjs`),
    env: process.env,
    logFile: join(dir, `${fixture}.log`),
  };
  return { service: new Service(spec, news, { ...QUICK, ...timing }), pids, said, givenUp };
}

const until = async (condition: () => boolean): Promise<void> => {
  for (let i = 0; i < 200 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 25));
};

describe('a supervised process', () => {
  it('is ready when it says so, and ends on request', async () => {
    const { service: one, pids } = service('obedient');
    expect(await one.start()).toMatchObject({ ready: true, pid: pids[0] });
    await one.stop();
    expect(identify(pids[0] as number)).toBeNull();
  });

  it('is killed when it does not listen', async () => {
    const { service: one, pids } = service('stubborn');
    await one.start();
    await one.stop();
    expect(identify(pids[0] as number)).toBeNull();
  });

  it('that ends instead of getting ready is a problem with its last words', async () => {
    await expect(service('broken').service.start()).rejects.toThrow(
      /did not start, see .*broken\.log: wrong or missing settings: SOMETHING/,
    );
  });

  it('that stays silent is killed and is a problem', async () => {
    const { service: one, pids } = service('silent', { readyMs: 200 });
    await expect(one.start()).rejects.toThrow(/was not ready in time/);
    await until(() => identify(pids[0] as number) === null);
    expect(identify(pids[0] as number)).toBeNull();
  });

  it('that crashes comes back, and says so', async () => {
    const { service: one, pids, said } = service('obedient');
    await one.start();
    process.kill(pids[0] as number, 'SIGKILL');
    await until(() => said.length === 2);
    expect(said).toEqual(['The sample ended unexpectedly, restarting in 0.01 s', 'The sample is back']);
    expect(pids).toHaveLength(2);
    await one.stop();
    expect(pids.map(identify)).toEqual([null, null]);
  });

  it('that keeps crashing is given up after the last pause', async () => {
    const { service: one, pids, givenUp } = service('short-lived');
    await one.start();
    expect((await givenUp).message).toMatch(/keeps ending unexpectedly \(3 times\)/);
    expect(pids).toHaveLength(3);
    await one.stop();
  });

  it('that is being stopped does not come back', async () => {
    const { service: one, pids } = service('obedient', { pausesMs: [300] });
    await one.start();
    process.kill(pids[0] as number, 'SIGKILL');
    await until(() => identify(pids[0] as number) === null);
    await one.stop();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(pids).toHaveLength(1);
  });
});
