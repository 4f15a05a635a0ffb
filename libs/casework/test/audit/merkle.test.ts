import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { generateKeyFile, inclusionProof, MerkleRoot, provesInclusion, signingKeyOf } from '@tranche/casework';
import fc from 'fast-check';

const rootOf = (leaves: readonly Uint8Array[]) => {
  const tree = new MerkleRoot();
  for (const leaf of leaves) tree.add(leaf);
  return tree.root();
};
const hex = (text: string) => Buffer.from(text, 'hex');

describe('the Merkle tree of a checkpoint', () => {
  // the leaves and roots of RFC 6962's reference implementation
  const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(hex);
  it.each([
    [0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    [1, '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
    [2, 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
    [3, 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
    [7, 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'],
    [8, '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
  ])('over %i leaves has the root of RFC 6962', (count, root) => {
    expect(rootOf(leaves.slice(0, count)).toString('hex')).toBe(root);
  });

  it('proves every leaf it has, and none it has not', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 8 }), { minLength: 1, maxLength: 40 }),
        fc.nat(),
        fc.uint8Array({ maxLength: 8 }),
        (all, pick, other) => {
          const index = pick % all.length;
          const [leaf, root, path] = [all[index] ?? new Uint8Array(), rootOf(all), inclusionProof(all, index)];
          expect(provesInclusion(leaf, index, all.length, path, root)).toBe(true);
          if (!Buffer.from(other).equals(Buffer.from(leaf))) expect(provesInclusion(other, index, all.length, path, root)).toBe(false);
          expect(provesInclusion(leaf, all.length, all.length, path, root)).toBe(false);
        },
      ),
    );
  });
});

describe('the signing key', () => {
  it('is in every new key file, is the same each time, and can be derived for a file made before there was one', () => {
    const file = generateKeyFile(randomBytes);
    const old = JSON.parse(file);
    delete old.signingKey;
    const [key, again, derived] = [file, file, JSON.stringify(old)].map((text) => {
      const made = signingKeyOf(text);
      if (!made.ok) throw new Error(made.message.en);
      return made.key.keyId;
    });
    expect(again).toBe(key);
    expect(derived).toMatch(/^[0-9a-f]{16}$/);
    expect(derived).not.toBe(key);
    expect(signingKeyOf(JSON.stringify({ ...old, signingKey: 'c2hvcnQ=' }))).toMatchObject({ ok: false, code: 'key-file-invalid' });
  });
});
