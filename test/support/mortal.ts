import type { BankRail, House } from '@tranche/casework';
import type { Database } from '@tranche/database';

/** What a process that is gone would have said. */
export class Died extends Error {}

export type Mortal = {
  readonly house: House;
  /** waits for what had left for the bank when the process died: nobody hears the answers */
  readonly buried: () => Promise<void>;
};

/**
 * The house in a process that is cut off before its `lastStep`-th step: a step is a transaction, a statement alone, a request to the bank on its
 * way out, or its answer on the way in. From then on nothing reaches the database any more, so that not even a failure can be recorded: claims and
 * leases stay as they are.
 */
export function mortal(house: House, lastStep: number): Mortal {
  let steps = 0;
  const underWay: Promise<unknown>[] = [];
  const step = (): void => {
    steps += 1;
    if (steps >= lastStep) throw new Died(`the process ended before step ${lastStep}`);
  };
  const asked = async <T>(ask: () => Promise<T>): Promise<T> => {
    step();
    const answer = ask();
    underWay.push(answer.catch(() => undefined));
    const heard = await answer;
    step();
    return heard;
  };
  const { bank, hot } = house;
  const connect = async () => {
    step();
    return hot.connect();
  };
  return {
    house: {
      ...house,
      database: cutOff(house.database, step),
      hot: Object.create(hot, { connect: { value: connect } }) as House['hot'],
      bank: bank && { ...bank, adapter: adapterOf(bank, asked) },
    },
    buried: async () => void (await Promise.all(underWay)),
  };
}

const cutOff = (database: Database, step: () => void): Database =>
  ({
    ...database,
    transaction: async (...args: Parameters<Database['transaction']>) => {
      step();
      return database.transaction(...args);
    },
    read: async (...args: Parameters<Database['read']>) => {
      step();
      return database.read(...args);
    },
  }) as Database;

function adapterOf({ adapter }: BankRail, asked: <T>(ask: () => Promise<T>) => Promise<T>): BankRail['adapter'] {
  return {
    ...adapter,
    send: (request) => asked(() => adapter.send(request)),
    inquire: (reference, amountFen) => asked(() => adapter.inquire(reference, amountFen)),
    events: (after) => asked(() => adapter.events(after)),
  };
}
