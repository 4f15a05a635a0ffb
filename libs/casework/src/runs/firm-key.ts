import { createHash } from 'node:crypto';

/** Token of an organisation: a hash of its credit code (public, so unkeyed), the same wherever the firm is met. */
export const firmToken = (uscc: string): string =>
  `f-${createHash('sha256').update('uscc\0').update(uscc.replace(/\s/g, '').toUpperCase()).digest('base64url')}`;

/** The 32 bytes under which a key that is no person's stands in the table of exclusion claims. */
export const exclusionKeyBytes = (key: string): Buffer => createHash('sha256').update(key).digest();
