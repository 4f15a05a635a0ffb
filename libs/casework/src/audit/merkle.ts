import { hash as oneShot } from 'node:crypto';

/** SHA-256 bytes. */
export type Digest = Buffer;

const hash = (bytes: Uint8Array): Digest => oneShot('sha256', bytes, 'buffer');

/** RFC 6962 §2.1: a leaf is hashed behind 0x00, a node behind 0x01, so that neither can pass for the other. */
export function leafHash(leaf: Uint8Array): Digest {
  const bytes = Buffer.allocUnsafe(leaf.length + 1);
  bytes[0] = 0;
  bytes.set(leaf, 1);
  return hash(bytes);
}

function nodeHash(left: Uint8Array, right: Uint8Array): Digest {
  const bytes = Buffer.allocUnsafe(1 + left.length + right.length);
  bytes[0] = 1;
  bytes.set(left, 1);
  bytes.set(right, 1 + left.length);
  return hash(bytes);
}

/**
 * The root of an RFC 6962 Merkle tree, leaf by leaf: it keeps one hash per complete subtree (at most 64), never the leaves.
 * The tree over nothing has the hash of nothing.
 */
export class MerkleRoot {
  /** complete subtrees from left to right; sizes are strictly falling powers of two */
  private readonly subtrees: { size: number; digest: Digest }[] = [];
  private count = 0;

  add(leaf: Uint8Array): void {
    let subtree = { size: 1, digest: leafHash(leaf) };
    for (let last = this.subtrees.at(-1); last?.size === subtree.size; last = this.subtrees.at(-1)) {
      subtree = { size: last.size * 2, digest: nodeHash(last.digest, subtree.digest) };
      this.subtrees.pop();
    }
    this.subtrees.push(subtree);
    this.count += 1;
  }

  get size(): number {
    return this.count;
  }

  root(): Digest {
    const [last, ...others] = [...this.subtrees].reverse();
    if (!last) return hash(Buffer.alloc(0));
    return others.reduce((right, left) => nodeHash(left.digest, right), last.digest);
  }
}

/** The audit path of one leaf (RFC 6962 §2.1.1), from its sibling up; for trees that fit in memory. */
export function inclusionProof(leaves: readonly Uint8Array[], index: number): Digest[] {
  if (leaves.length <= 1) return [];
  const half = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, half), leaves.slice(half)];
  return index < half ? [...inclusionProof(left, index), rootOf(right)] : [...inclusionProof(right, index - half), rootOf(left)];
}

/** Does the path lead from this leaf to this root in a tree of so many leaves? */
export function provesInclusion(leaf: Uint8Array, index: number, size: number, path: readonly Uint8Array[], root: Uint8Array): boolean {
  return rootAbove(leaf, index, size, path)?.equals(root) ?? false;
}

/** The root that an audit path leads to from this leaf; null: no such path is in a tree of so many leaves. */
export function rootAbove(leaf: Uint8Array, index: number, size: number, path: readonly Uint8Array[]): Digest | null {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return null;
  return climb(leafHash(leaf), index, size, [...path]);
}

function climb(digest: Digest, index: number, size: number, path: Uint8Array[]): Digest | null {
  if (size === 1) return path.length === 0 ? digest : null;
  const sibling = path.pop();
  if (!sibling) return null;
  const half = splitOf(size);
  if (index < half) {
    const left = climb(digest, index, half, path);
    return left && nodeHash(left, sibling);
  }
  const right = climb(digest, index - half, size - half, path);
  return right && nodeHash(sibling, right);
}

/** The largest power of two below `size`. */
const splitOf = (size: number): number => 2 ** Math.floor(Math.log2(size - 1));

function rootOf(leaves: readonly Uint8Array[]): Digest {
  const tree = new MerkleRoot();
  for (const leaf of leaves) tree.add(leaf);
  return tree.root();
}
