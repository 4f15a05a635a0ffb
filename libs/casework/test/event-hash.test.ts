import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalEvent, chainAlgorithm, eventHash, genesisHash } from '../src/event-hash.js';

const event = fc.record({
  caseId: fc.uuid(),
  seq: fc.integer({ min: 1, max: 1_000_000 }),
  type: fc.string(),
  data: fc.jsonValue(),
  stamp: fc.jsonValue(),
  actor: fc.string({ unit: 'binary' }),
  role: fc.string(),
  cause: fc.string(),
  occurredOn: fc.string(),
  at: fc.string(),
  recordedAt: fc.string(),
});

describe('the text an event is sealed by', () => {
  it('is its RFC 8785 form, whatever stands in it', () => {
    fc.assert(fc.property(event, (sealed) => void expect(canonicalEvent(sealed)).toBe(canonicalize(sealed))));
  });

  it('is the same for a frozen stamp, the first time and the next', () => {
    fc.assert(
      fc.property(event, (sealed) => {
        const stamp = typeof sealed.stamp === 'object' && sealed.stamp !== null ? Object.freeze(sealed.stamp) : sealed.stamp;
        const again = { ...sealed, stamp, seq: sealed.seq + 1 };
        expect([canonicalEvent({ ...sealed, stamp }), canonicalEvent(again)]).toEqual([canonicalize(sealed), canonicalize(again)]);
      }),
    );
  });

  it('is hashed behind the algorithm and the previous hash', () => {
    const [sealed] = fc.sample(event, { numRuns: 1, seed: 1 });
    const expected = createHash('sha256')
      .update(chainAlgorithm)
      .update(Buffer.alloc(32))
      .update(canonicalize(sealed) ?? '');
    expect(sealed && eventHash(genesisHash, sealed)).toBe(expected.digest('hex'));
  });
});
