import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { generateKeyFile, openField, parseKeyFile, personKey, sealField } from '../src/field-cipher.js';

const seeded = (size: number) => new Uint8Array(size).fill(size);
function keysOf(text: string) {
  const parsed = parseKeyFile(text);
  if (!parsed.ok) throw new Error(parsed.message.en);
  return parsed.keys;
}
const keys = keysOf(generateKeyFile(randomBytes));

describe('a sealed field', () => {
  it('opens with its key in its place, and only there', () => {
    const field = sealField(keys, '王小明', 'trainees.name_cipher:1', randomBytes);
    expect(openField(keys, field, 'trainees.name_cipher:1')).toBe('王小明');
    expect(() => openField(keys, field, 'trainees.name_cipher:2')).toThrow();
    expect(() => openField(keysOf(generateKeyFile(randomBytes)), field, 'trainees.name_cipher:1')).toThrow();
  });

  it('does not open after any single byte was changed or when it is cut', () => {
    const { keyId, sealed } = sealField(keys, '王', 'p', randomBytes);
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(() => openField(keys, { keyId, sealed: changed }, 'p')).toThrow();
      expect(() => openField(keys, { keyId, sealed: sealed.subarray(0, at) }, 'p')).toThrow();
    }
  });

  it('is different each time, and says which key it needs', () => {
    const [a, b] = [sealField(keys, '王', 'p', randomBytes), sealField(keys, '王', 'p', randomBytes)];
    expect(a.sealed.equals(b.sealed)).toBe(false);
    expect(() => openField(keys, { ...a, keyId: 'k9' }, 'p')).toThrow('k9');
  });

  it('still opens after a new key became current', () => {
    const field = sealField(keys, '王', 'p', randomBytes);
    const file: { fieldKeys: Record<string, string> } = JSON.parse(generateKeyFile(seeded));
    const old = Buffer.from(keys.fieldKeys.get('k1') ?? []).toString('base64');
    const rotated = keysOf(JSON.stringify({ ...file, currentKeyId: 'k2', fieldKeys: { k1: old, k2: file.fieldKeys['k1'] } }));
    expect(openField(rotated, field, 'p')).toBe('王');
    expect(sealField(rotated, '王', 'p', randomBytes).keyId).toBe('k2');
  });
});

describe('the blind index of a person', () => {
  it('is the same for the same number however it is typed, and depends on the key', () => {
    expect(personKey(keys, '21020219900101007x').equals(personKey(keys, ' 210202 19900101 007X '))).toBe(true);
    expect(personKey(keys, '21020219900101007X').equals(personKey(keys, '210202199001010010'))).toBe(false);
    expect(personKey(keysOf(generateKeyFile(seeded)), '1').equals(personKey(keys, '1'))).toBe(false);
    expect(personKey(keys, '1')).toHaveLength(32);
  });
});

describe('a key file', () => {
  const good: Record<string, unknown> = JSON.parse(generateKeyFile(seeded));

  it.each([
    ['not JSON', 'secret-secret'],
    ['another version', JSON.stringify({ ...good, version: 2 })],
    ['no current key', JSON.stringify({ ...good, currentKeyId: 'k2' })],
    ['a short key', JSON.stringify({ ...good, fieldKeys: { k1: 'c2hvcnQ=' } })],
    ['no blind index key', JSON.stringify({ ...good, blindIndexKey: undefined })],
    ['a list instead of keys', JSON.stringify({ ...good, fieldKeys: [] })],
  ])('is refused with %s, without repeating its content', (_name, text) => {
    const parsed = parseKeyFile(text);
    expect(parsed).toMatchObject({ ok: false, code: 'key-file-invalid' });
    expect(JSON.stringify(parsed)).not.toMatch(/secret|c2hvcnQ/);
  });
});
