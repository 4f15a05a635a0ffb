import { createHash, createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign, verify } from 'node:crypto';
import type { Text } from '@tranche/policies';
import { parseKeyFile } from '../field-cipher.js';

/** The key that signs checkpoints. `keyId` names its public half: the first 16 hex digits of the SHA-256 of its SPKI form. */
export type SigningKey = { readonly keyId: string; readonly privateKey: KeyObject; readonly publicPem: string };

/** Ed25519 in PKCS #8 (RFC 8410) is this prefix and the 32 bytes of the seed. */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const SEED_BYTES = 32;

/**
 * The signing key of an installation from the text of its key file. Files made before there were checkpoints have no `signingKey`:
 * theirs is derived from the blind index key (HKDF-SHA-256 under a name of its own), so an old file signs without being changed.
 */
export function signingKeyOf(
  keyFile: string,
): { readonly ok: true; readonly key: SigningKey } | { readonly ok: false; readonly message: Text } {
  const parsed = parseKeyFile(keyFile);
  if (!parsed.ok) return parsed;
  const { signingSeed, blindIndexKey } = parsed.keys;
  const seed = signingSeed ?? Buffer.from(hkdfSync('sha256', blindIndexKey, Buffer.alloc(0), 'tranche checkpoint ed25519', SEED_BYTES));
  return { ok: true, key: keyOfSeed(seed) };
}

export function keyOfSeed(seed: Uint8Array): SigningKey {
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  return { keyId: keyIdOf(publicKey), privateKey, publicPem: String(publicKey.export({ format: 'pem', type: 'spki' })) };
}

export const keyIdOf = (publicKey: KeyObject): string =>
  createHash('sha256')
    .update(publicKey.export({ format: 'der', type: 'spki' }))
    .digest('hex')
    .slice(0, 16);

export const signWith = ({ privateKey }: SigningKey, bytes: Uint8Array): Buffer => sign(null, bytes, privateKey);
export const signatureHolds = (publicKey: KeyObject, bytes: Uint8Array, signature: Uint8Array): boolean =>
  verify(null, bytes, publicKey, signature);
