import type { Actor } from '@tranche/database';
import type { Answer, Command } from './command.js';
import type { House } from './house.js';

/** Transactions under way at once in this process, from which on a person who has one under way waits for it and shares the next. */
const LANES = 2;
/** Commands of one transaction at most: the first to come must not wait long for the last. */
const COMPANY = 100;

type Waiting = {
  readonly command: Command;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
};
type Queue = { readonly waiting: Waiting[]; lanes: number };
type Send = (commands: readonly Command[]) => Promise<PromiseSettledResult<Answer>[]>;

/** What is under way in one house: queues by actor, and all their transactions. */
type Traffic = { readonly queues: Map<string, Queue>; lanes: number };

const traffics = new WeakMap<House, Traffic>();

function trafficOf(house: House): Traffic {
  const traffic = traffics.get(house) ?? { queues: new Map(), lanes: 0 };
  traffics.set(house, traffic);
  return traffic;
}

/** Everything row security knows an actor by: only commands that may see exactly the same share a transaction. */
const nameOf = ({ userId, role, organisationId, district, seesAs }: Actor): string =>
  JSON.stringify([userId, role, organisationId, district, seesAs]);

function queueOf({ queues }: Traffic, name: string): Queue {
  const queue = queues.get(name) ?? { waiting: [], lanes: 0 };
  queues.set(name, queue);
  return queue;
}

/**
 * Sends one command; those of the same actor that arrive while its transactions are under way go together in the next one, since the
 * start of a transaction costs several times what one more event in it does. Nobody waits for company: who has nothing under way goes at
 * once, however busy the house is, and a second command too while the house is quiet.
 */
export function inCompany(house: House, actor: Actor, command: Command, send: Send): Promise<Answer> {
  const name = nameOf(actor);
  const traffic = trafficOf(house);
  const queue = queueOf(traffic, name);
  return new Promise((resolve, reject) => {
    queue.waiting.push({ command, resolve, reject });
    if (queue.lanes === 0 || traffic.lanes < LANES) void travel(traffic, name, queue, send);
  });
}

async function travel(traffic: Traffic, name: string, queue: Queue, send: Send): Promise<void> {
  traffic.lanes += 1;
  queue.lanes += 1;
  while (queue.waiting.length > 0) {
    const company = nextCompany(queue);
    const outcomes = await send(company.map(({ command }) => command));
    for (const [index, { resolve, reject }] of company.entries()) {
      const outcome = outcomes[index];
      if (outcome?.status === 'fulfilled') resolve(outcome.value);
      else reject(outcome?.reason ?? new Error('a command was not answered'));
    }
  }
  traffic.lanes -= 1;
  queue.lanes -= 1;
  if (queue.lanes === 0) traffic.queues.delete(name);
}

/** In the order they came; two of the same key never together: the second must find the stored answer of the first. */
function nextCompany(queue: Queue): Waiting[] {
  const company: Waiting[] = [];
  const taken = new Set<string>();
  for (let at = 0; at < queue.waiting.length && company.length < COMPANY; ) {
    const waiting = queue.waiting[at] as Waiting;
    if (taken.has(waiting.command.key)) at += 1;
    else company.push(...queue.waiting.splice(at, 1));
    taken.add(waiting.command.key);
  }
  return company;
}
