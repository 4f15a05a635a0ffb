import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import type { Text } from '@tranche/policies';

/*
 * Names and identity numbers are stored encrypted, one value at a time, with the id of the key beside the value.
 * A keyed blind index finds the same person again without decrypting anybody.
 * Keys and random bytes arrive as values: this file reads no file and no environment.
 */

/** Source of random bytes, for example `randomBytes` of node:crypto. */
export type RandomBytes = (size: number) => Uint8Array;

/** The keys of one installation. Old field keys stay so that old values can still be opened; `currentKeyId` seals new ones. */
export type FieldKeys = {
  readonly currentKeyId: string;
  readonly fieldKeys: ReadonlyMap<string, Uint8Array>;
  readonly blindIndexKey: Uint8Array;
  /** seed of the Ed25519 key that signs checkpoints; files made before there were any have none */
  readonly signingSeed?: Uint8Array;
};

/** `sealed` = 12 bytes nonce ‖ 16 bytes tag ‖ ciphertext (AES-256-GCM). */
export type SealedField = { readonly keyId: string; readonly sealed: Buffer };

export type KeyFileRefusal = { readonly ok: false; readonly code: 'key-file-invalid'; readonly message: Text };

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A new key file: JSON with one field key, the blind index key and the seed of the signing key, base64. Keep it secret and backed up: without it nobody can be read again. */
export function generateKeyFile(randomBytes: RandomBytes): string {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  const content = {
    version: 1,
    currentKeyId: 'k1',
    fieldKeys: { k1: base64(randomBytes(KEY_BYTES)) },
    blindIndexKey: base64(randomBytes(KEY_BYTES)),
    signingKey: base64(randomBytes(KEY_BYTES)),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** Reads the text of a key file. Never repeats its content in a message. */
export function parseKeyFile(text: string): { readonly ok: true; readonly keys: FieldKeys } | KeyFileRefusal {
  const content = parseObject(text);
  if (content?.['version'] !== 1) return invalid('不是第 1 版密钥文件', 'it is not a version 1 key file');
  const { currentKeyId, fieldKeys, blindIndexKey, signingKey } = content;
  if (typeof currentKeyId !== 'string' || !isObject(fieldKeys))
    return invalid('缺少当前密钥或密钥表', 'the current key or the table of keys is missing');
  const decoded = Object.entries(fieldKeys).map(([id, value]) => [id, decodeKey(value)] as const);
  const good = decoded.filter((entry): entry is readonly [string, Uint8Array] => entry[1] !== null);
  const blind = decodeKey(blindIndexKey);
  const seed = signingKey === undefined ? undefined : decodeKey(signingKey);
  if (good.length !== decoded.length || !blind || seed === null)
    return invalid('密钥须为 32 字节的 base64', 'every key must be 32 bytes of base64');
  const keys = new Map(good);
  if (!keys.has(currentKeyId)) return invalid('当前密钥不在密钥表中', 'the current key is not in the table');
  return { ok: true, keys: { currentKeyId, fieldKeys: keys, blindIndexKey: blind, ...(seed ? { signingSeed: seed } : {}) } };
}

/**
 * Encrypts one value. `place` names where it is stored (for example `trainees.name_cipher:<id>`):
 * a value moved to another row or column does not open.
 */
export function sealField(keys: FieldKeys, plain: string, place: string, randomBytes: RandomBytes): SealedField {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', requireKey(keys, keys.currentKeyId), nonce).setAAD(Buffer.from(place));
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return { keyId: keys.currentKeyId, sealed: Buffer.concat([nonce, cipher.getAuthTag(), body]) };
}

/** Decrypts one value; throws when the key is unknown, the value was altered, or it belongs to another place. */
export function openField(keys: FieldKeys, field: SealedField, place: string): string {
  const nonce = field.sealed.subarray(0, NONCE_BYTES);
  const tag = field.sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  if (tag.length !== TAG_BYTES) throw new Error('A sealed field is shorter than its nonce and tag.');
  const decipher = createDecipheriv('aes-256-gcm', requireKey(keys, field.keyId), nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(place)).setAuthTag(tag);
  return Buffer.concat([decipher.update(field.sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
}

/** The blind index of a person: HMAC-SHA256 of the identity number, after normalisation (no spaces, capital X). 32 bytes. */
export function personKey(keys: FieldKeys, idNumber: string): Buffer {
  return createHmac('sha256', keys.blindIndexKey).update('resident-id\0').update(idNumber.replace(/\s/g, '').toUpperCase()).digest();
}

function requireKey(keys: FieldKeys, keyId: string): Uint8Array {
  const key = keys.fieldKeys.get(keyId);
  if (!key) throw new Error(`The key file has no field key "${keyId}".`);
  return key;
}

function decodeKey(value: unknown): Uint8Array | null {
  if (typeof value !== 'string') return null;
  const bytes = Buffer.from(value, 'base64');
  return bytes.length === KEY_BYTES && bytes.toString('base64') === value ? bytes : null;
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(zh: string, en: string): KeyFileRefusal {
  return {
    ok: false,
    code: 'key-file-invalid',
    message: {
      zh: `密钥文件不可用：${zh}。数据未改动；请恢复备份的密钥文件。`,
      en: `The key file cannot be used: ${en}. No data was changed; restore the key file from its backup.`,
    },
  };
}
