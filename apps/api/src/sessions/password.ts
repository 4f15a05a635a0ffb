import { hash, verify } from '@node-rs/argon2';

/** argon2id, 19 MiB, two passes (OWASP's first choice). */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** At most two hashes at once, so that logins cannot starve the rest; 64 may wait. */
const atOnce = 2;
const mayWait = 64;

let running = 0;
const waiting: (() => void)[] = [];

/** The queue is full; the client may try again shortly. */
export class TooManyLogins extends Error {
  readonly code = 'TOO_MANY_LOGINS';
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) {
    if (waiting.length >= mayWait) throw new TooManyLogins();
    await new Promise<void>((resume) => waiting.push(resume));
  } else running += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

/** PHC string of an argon2id hash with a fresh salt. */
export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(password, parameters));

/** Checked against when there is no such user, so that both answers take the same time. */
let nobodysHash: Promise<string> | undefined;

export async function passwordMatches(storedHash: string | null, password: string): Promise<boolean> {
  nobodysHash ??= hashPassword('nobody');
  const known = storedHash ?? (await nobodysHash);
  const matches = await inTurn(() => verify(known, password));
  return matches && storedHash !== null;
}
