import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openSchema } from '../src/schema/check-schema.js';
import { isoMessages, messageOfNamespace, namespaceOf, schemaBytes } from '../src/schema/iso-messages.js';

const folder = join(__dirname, '../../../third_party/iso20022');

describe('the ISO 20022 schemas', () => {
  it('are the files whose hashes stand beside them, unmodified', () => {
    const listed = readFileSync(join(folder, 'SHA256SUMS'), 'utf8').trim().split('\n');
    const found = readdirSync(folder)
      .filter((name) => name.endsWith('.xsd'))
      .sort()
      .map(
        (name) =>
          `${createHash('sha256')
            .update(readFileSync(join(folder, name)))
            .digest('hex')}  ${name}`,
      );
    expect(found).toEqual(listed);
    expect(found.map((line) => line.split('  ')[1])).toEqual([...isoMessages].map((message) => `${message}.xsd`).sort());
  });

  it.each(isoMessages)('%s is the schema of its own namespace', (message) => {
    expect(Buffer.from(schemaBytes(message)).toString('utf8')).toContain(`targetNamespace="${namespaceOf(message)}"`);
    expect(messageOfNamespace(namespaceOf(message))).toBe(message);
    expect(messageOfNamespace(`${namespaceOf(message)}9`)).toBeNull();
  });

  it('says the line and the reason of what is wrong, of a broken document too, and outlives it', async () => {
    const document = (body: string) =>
      `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="${namespaceOf('camt.053.001.08')}">\n${body}\n</Document>`;
    const schema = openSchema('camt.053.001.08');
    expect(await schema.check(document('<BkToCstmrStmt><GrpHdr/></BkToCstmrStmt>'))).toEqual(
      expect.arrayContaining([{ line: 3, message: expect.stringContaining('GrpHdr') }]),
    );
    expect(await schema.check(document('<BkToCstmrStmt>'))).not.toEqual([]);
    expect(await schema.check('')).not.toEqual([]);
    await schema.close();
  });
});
