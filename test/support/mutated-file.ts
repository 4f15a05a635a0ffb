import fc from 'fast-check';

export type Edit = {
  readonly kind: 'cut' | 'double' | 'flip' | 'insert' | 'swap' | 'end';
  readonly at: number;
  readonly length: number;
  readonly bytes: Uint8Array;
};
const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom('cut', 'double', 'flip', 'insert', 'swap', 'end'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 200 }),
  bytes: fc.oneof(
    fc
      .constantFrom(
        '<',
        '>',
        '&amp;',
        '&#0;',
        '&x;',
        ']]>',
        '<![CDATA[',
        '<!DOCTYPE a>',
        '<!--',
        '"',
        ',',
        '\n',
        '\r',
        '\0',
        '\ufeff',
        '999999999999999999',
        '-1',
        '1e9',
        '0.001',
        'NaN',
        '𠮷',
      )
      .map((text) => Buffer.from(text)),
    fc.uint8Array({ minLength: 1, maxLength: 8 }),
  ),
});

/** What disks, lines and strangers do to a file. */
export const edits = fc.array(edit, { minLength: 1, maxLength: 4 });

/** The file with the edits done to it, one after the other. */
export function mutated(seed: Buffer, edits: readonly Edit[]): Buffer {
  return edits.reduce((bytes, { kind, at, length, bytes: given }) => {
    const from = Math.floor(at * bytes.length);
    const piece = bytes.subarray(from, from + length);
    const [before, after] = [bytes.subarray(0, from), bytes.subarray(from + length)];
    switch (kind) {
      case 'cut':
        return Buffer.concat([before, after]);
      case 'double':
        return Buffer.concat([before, piece, piece, after]);
      case 'flip':
        return Buffer.concat([before, Buffer.from(piece.subarray(0, 1).map((byte) => byte ^ given[0]!)), bytes.subarray(from + 1)]);
      case 'insert':
        return Buffer.concat([before, given, bytes.subarray(from)]);
      case 'swap':
        return Buffer.concat([before, after.subarray(0, 20), piece, after.subarray(20)]);
      default:
        return before;
    }
  }, seed);
}
