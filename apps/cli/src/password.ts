import { hash } from '@node-rs/argon2';

/** PHC string as the API writes and checks it: argon2id, 19 MiB, two passes (OWASP's first choice). */
export const hashPassword = (password: string): Promise<string> => hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
