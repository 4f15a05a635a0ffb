import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { policies } from '@tranche/policies';
import { advance, allowedEvents, type CaseEvent, type CaseSnapshot, type CaseView, caseView, openCase } from '../src/index.js';
import { dalian, liaoning, machineOf, Story, yuan } from './story.js';

/*
 * Snapshots of cases at every stage, as machines of the past wrote them. Running cases hold such snapshots: every later machine of the same
 * policy version must restore each and go on from it as it did. These files are only ever added to (UPDATE_GOLDEN=1 writes a set for a machine
 * that has none yet); none is written anew.
 */
const folder = join('libs', 'machines', 'test', 'golden', 'snapshots');

type Kept = {
  readonly policy: { readonly id: string; readonly version: string; readonly jurisdiction: string };
  readonly machineHash: string;
  readonly story: string;
  readonly terms: Story['terms'];
  /** each event with the snapshot it led to */
  readonly steps: readonly { readonly event: CaseEvent; readonly state: string; readonly snapshot: CaseSnapshot }[];
};

const training = (policy = dalian) => new Story(policy).approve().hear('milestone.started');
const delivered = (policy = dalian) => training(policy).pay('s1').hear('milestone.halfway').pay('s2').hear('milestone.ended');

const stories: Readonly<Record<string, () => Story>> = {
  'paid-in-full': () => delivered().accept(yuan(300_000)).pay('s3'),
  'returned-after-close': () => delivered().accept(yuan(300_000)).pay('s3').giveBack('s3').pay('s3'),
  'failed-and-recovered': () =>
    delivered()
      .failTwice()
      .hear('recovery.received', { amountFen: yuan(100_000), reference: 'r' })
      .hear('recovery.received', { amountFen: yuan(125_000), reference: 'r' }),
  'written-off': () =>
    training()
      .pay('s1')
      .hear('delivery.aborted', { reason: 'x' })
      .correct('recovery.writtenOff', { amountFen: yuan(150_000) }),
  'held-in-flight': () =>
    training().request('s1').submit('s1').hear('case.held', { reason: 'x' }).bounce('s1').hear('case.released', { reason: 'x' }).pay('s1'),
  rescinded: () => training().request('s1').correct('decision.rescinded', { decision: 'approval' }),
  province: () => delivered(liaoning).accept(yuan(250_000)).pay('s3'),
};

const keptFiles = (): string[] => (existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : []);
const read = (name: string): Kept => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Kept;

function told(name: string, story: Story): Kept {
  const { machine, terms, policy, events } = story;
  const [first, ...later] = events as [CaseEvent, ...CaseEvent[]];
  let { snapshot } = openCase(machine, { terms, event: first });
  const steps = [{ event: first, state: caseView(machine, snapshot).state, snapshot }];
  for (const event of later) {
    const next = advance(machine, snapshot, event);
    if (!next.ok) throw new Error(`${event.type} is refused`);
    ({ snapshot } = next);
    steps.push({ event, state: caseView(machine, snapshot).state, snapshot });
  }
  const { id, version, jurisdiction } = policy;
  return { policy: { id, version, jurisdiction }, machineHash: machine.hash, story: name, terms, steps };
}

if (process.env['UPDATE_GOLDEN'] === '1') {
  mkdirSync(folder, { recursive: true });
  for (const [name, tell] of Object.entries(stories)) {
    const kept = told(name, tell());
    const { id, version, jurisdiction } = kept.policy;
    const path = join(folder, `${id}.${jurisdiction}.${version}.${kept.machineHash.slice(0, 8)}.${name}.json`);
    if (!existsSync(path)) writeFileSync(path, `${JSON.stringify(kept)}\n`);
  }
}

/** Why the present machine does not go on from a kept snapshot as it did; null when it does. */
function broken(kept: Kept): string | null {
  const policy = policies().find(
    ({ id, version, jurisdiction }) =>
      id === kept.policy.id && version === kept.policy.version && jurisdiction === kept.policy.jurisdiction,
  );
  if (!policy) return 'this policy version is gone from the registry, and cases still run on it';
  const machine = machineOf(policy);
  for (const [index, { event, snapshot: must }] of kept.steps.entries()) {
    const before = kept.steps[index - 1];
    if (!before) continue;
    const where = `at "${before.state}" (event ${before.event.seq}), ${event.type}`;
    try {
      const next = advance(machine, before.snapshot, event);
      if (!next.ok) return `${where}: is refused now (${next.unmet.map(({ en }) => en).join('; ')})`;
      const difference = differs(next.snapshot, must);
      if (difference !== null) return `${where}: leads elsewhere now: ${difference}`;
    } catch (error) {
      return `${where}: the snapshot cannot be restored: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
  return null;
}

/**
 * Machines that went another way on purpose. Cases that run on them are moved (`tranche cases migrate`): their snapshots can be read, and
 * their events told anew lead to the same money.
 */
const overtaken: Readonly<Record<string, string>> = {
  'failed-and-recovered': 'the time for repayment runs from the demand, not from the day on which the excess arose',
  'written-off': 'the time for repayment runs from the demand, not from the day on which the excess arose',
};

const isOvertaken = ({ machineHash, story }: Kept): boolean => machineHash.startsWith('6b8ae95f') && story in overtaken;

/** Why a case of an overtaken machine could not be moved; null when it can. */
function immovable({ policy: { id, version, jurisdiction }, terms, steps }: Kept): string | null {
  const policy = policies().find((each) => each.id === id && each.version === version && each.jurisdiction === jurisdiction);
  const [first, ...later] = steps;
  if (!policy || !first) return 'nothing to move';
  const machine = machineOf(policy);
  let { snapshot } = openCase(machine, { terms, event: first.event });
  for (const { event, snapshot: then } of later) {
    allowedEvents(machine, then);
    const next = advance(machine, snapshot, event);
    if (!next.ok) return `${event.type} is refused now`;
    ({ snapshot } = next);
    if (money(caseView(machine, snapshot)) !== money(caseView(machine, then))) return `after ${event.type} the money is another`;
  }
  return null;
}

const money = ({ standing, paidFen, recoveredFen, writtenOffFen, payableFen, entitledFen }: CaseView): string =>
  JSON.stringify([standing, paidFen, recoveredFen, writtenOffFen, payableFen, entitledFen]);

/** The first region or field of the context that is another. */
function differs(is: CaseSnapshot, must: CaseSnapshot): string | null {
  const sides = (part: 'value' | 'context') => [is[part], must[part]] as [Record<string, unknown>, Record<string, unknown>];
  for (const part of ['value', 'context'] as const) {
    const [now, then] = sides(part);
    const name = Object.keys({ ...then, ...now }).find((key) => JSON.stringify(now[key]) !== JSON.stringify(then[key]));
    if (name) return `${name} is ${JSON.stringify(now[name])}, was ${JSON.stringify(then[name])}`;
  }
  return null;
}

const advice = `
Running cases hold such snapshots. Either keep what old snapshots lead to, or make the change a new policy version (or machine) and move the
cases with "tranche cases migrate": the kept file stays as it is, since it says what the past wrote.`;

describe('snapshots kept from earlier machines', () => {
  it('cover every version of the training policy', () => {
    const covered = new Set(
      keptFiles()
        .map((name) => read(name).policy)
        .map(({ version, jurisdiction }) => `${version} ${jurisdiction}`),
    );
    expect(
      [dalian, liaoning].map(({ version, jurisdiction }) => `${version} ${jurisdiction}`).filter((each) => !covered.has(each)),
    ).toEqual([]);
    expect(keptFiles().length).toBeGreaterThanOrEqual(Object.keys(stories).length);
  });

  it.each(keptFiles())('%s restores at every stage and goes on as it did', (name) => {
    const kept = read(name);
    const why = isOvertaken(kept) ? immovable(kept) : broken(kept);
    if (why !== null) throw new Error(`${name}: ${why}${advice}`);
  });

  it('would say which stage, which event and what is another when a change breaks them', () => {
    const [kept] = keptFiles()
      .map(read)
      .filter(({ story }) => story === 'paid-in-full');
    if (!kept) throw new Error('no story is kept');
    const steps = kept.steps.map((step) =>
      step.event.type === 'milestone.started'
        ? { ...step, snapshot: { ...step.snapshot, value: { ...(step.snapshot.value as object), s1: 'locked' } } }
        : step,
    );
    expect(broken({ ...kept, steps })).toMatch(
      /at "approved" \(event 5\), milestone\.started: leads elsewhere now: s1 is "due", was "locked"/,
    );
    const other = kept.steps.map((step) => ({
      ...step,
      snapshot: { ...step.snapshot, value: { ...(step.snapshot.value as object), delivery: 'elsewhere' } },
    }));
    expect(broken({ ...kept, steps: other })).toMatch(/cannot be restored|refused|leads elsewhere/);
  });
});
