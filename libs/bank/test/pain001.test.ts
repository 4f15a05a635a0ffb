import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openSchema, type PainVersion, type PaymentLine, type PaymentOrder, painVersions, railOf, schemaPath } from '@tranche/bank';
import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { order, profiles, school } from './sample.js';

function rendered(changes: Partial<PaymentOrder> = {}, format: PainVersion = 'pain.001.001.09'): string {
  const file = railOf({ ...profiles.file, format }).render(order(changes));
  if (!file.ok) throw new Error(JSON.stringify(file.faults));
  return new TextDecoder('utf-8', { fatal: true }).decode(file.artifacts[0]?.bytes);
}

interface Transfer {
  PmtId: { InstrId: string; EndToEndId: string };
  Amt: { InstdAmt: { '#text': string; '@Ccy': string } };
  CdtrAgt: { FinInstnId: { ClrSysMmbId: { ClrSysId: { Cd: string }; MmbId: string } } };
  Cdtr: { Nm: string };
  CdtrAcct: { Id: { Othr: { Id: string } } };
  RmtInf: { Ustrd: string };
}
interface Initiation {
  GrpHdr: { CreDtTm: string; NbOfTxs: string; CtrlSum: string };
  PmtInf: { NbOfTxs: string; CtrlSum: string; CdtTrfTxInf: Transfer[] };
}

function parsed(xml: string): Initiation {
  expect(XMLValidator.validate(xml)).toBe(true);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    isArray: (name) => name === 'CdtTrfTxInf',
  });
  return (parser.parse(xml) as { Document: { CstmrCdtTrfInitn: Initiation } }).Document.CstmrCdtTrfInitn;
}

const fenOf = (yuan: string): bigint => {
  expect(yuan).toMatch(/^(0|[1-9]\d*)\.\d{2}$/);
  return BigInt(yuan.replace('.', ''));
};

const names = fc.constantFrom(
  '王小明',
  '𠮷野家培训学校',
  "O'Brien & Söhne <大连>",
  '"引号"学校',
  '㐂乐 100%',
  '甲]]>乙',
  'R&amp;D &#38; 培训',
);
const lines: fc.Arbitrary<PaymentLine[]> = fc
  .array(
    fc.record({ amountFen: fc.bigInt(1n, 10n ** 14n), name: names, accountNo: fc.stringMatching(/^[0-9]{8,34}$/), remittance: names }),
    {
      minLength: 1,
      maxLength: 40,
    },
  )
  .map((items) =>
    items.map(({ amountFen, name, accountNo, remittance }, index) => ({
      endToEndId: `E${String(index).padStart(29, '0')}`,
      instrId: `E${String(index).padStart(29, '0')}A1`,
      amountFen,
      creditor: { ...school, name, accountNo },
      remittance,
    })),
  );

describe('a pain.001 file', () => {
  it('has counts and sums, to the fen, at both levels, and every transfer as it was given', () => {
    fc.assert(
      fc.property(lines, (given) => {
        const { GrpHdr, PmtInf } = parsed(rendered({ lines: given }));
        const transfers = PmtInf.CdtTrfTxInf;
        const total = given.reduce((sum, line) => sum + line.amountFen, 0n);
        expect([GrpHdr.NbOfTxs, PmtInf.NbOfTxs]).toEqual([String(given.length), String(given.length)]);
        expect([fenOf(GrpHdr.CtrlSum), fenOf(PmtInf.CtrlSum)]).toEqual([total, total]);
        expect(transfers.map((transfer) => fenOf(transfer.Amt.InstdAmt['#text']))).toEqual(given.map((line) => line.amountFen));
        expect(transfers.map((transfer) => transfer.PmtId)).toEqual(
          given.map(({ instrId, endToEndId }) => ({ InstrId: instrId, EndToEndId: endToEndId })),
        );
        expect(transfers.map((transfer) => transfer.CdtrAcct.Id.Othr.Id)).toEqual(given.map((line) => line.creditor.accountNo));
        expect(transfers.every((transfer) => transfer.Amt.InstdAmt['@Ccy'] === 'CNY')).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('names banks by their CNAPS number and carries names unchanged', () => {
    const given = order().lines.map((line) => ({ ...line, creditor: { ...school, name: '𠮷 & <乙>' } }));
    const [first] = parsed(rendered({ lines: given })).PmtInf.CdtTrfTxInf;
    expect(first?.CdtrAgt.FinInstnId.ClrSysMmbId).toEqual({ ClrSysId: { Cd: 'CNAPS' }, MmbId: '105100000017' });
    const text = rendered({ lines: given });
    expect(text).toContain('<Nm>𠮷 &amp; &lt;乙&gt;</Nm>');
  });

  it('is written in Shanghai time, whatever the zone of the machine', () => {
    expect(parsed(rendered()).GrpHdr.CreDtTm).toBe('2020-11-25T09:30:00+08:00');
  });

  it('of 3,000 transfers is one file; a line more begins the next', () => {
    const many = Array.from({ length: 3001 }, (_, no) => ({
      ...order().lines[0]!,
      endToEndId: `M${no}`,
      instrId: `M${no}A1`,
      amountFen: BigInt(no + 1),
    }));
    const files = railOf(profiles.file).render(order({ lines: many }));
    expect(files).toMatchObject({ ok: true, count: 3001, totalFen: 4_504_501n });
    expect(files.ok && files.artifacts.map(({ references, fileName }) => [references.length, fileName])).toEqual([
      [3000, 'F2-20201125-0001.pain.001.001.09.xml'],
      [1, 'F2-20201125-0001-P2.pain.001.001.09.xml'],
    ]);
  });

  it('of 2009 has a bare day where that of 2019 has a choice', () => {
    expect(rendered({}, 'pain.001.001.03')).toContain('<ReqdExctnDt>2020-11-26</ReqdExctnDt>');
    expect(rendered()).toContain('<ReqdExctnDt><Dt>2020-11-26</Dt></ReqdExctnDt>');
  });
});

const hasXmllint = spawnSync('xmllint', ['--version']).status === 0;

describe.each(painVersions)('the ISO 20022 schema of %s', (version) => {
  const files = [
    rendered({}, version),
    ...fc.sample(lines, { numRuns: 20, seed: 20201125 }).map((given) => rendered({ lines: given }, version)),
  ];
  const bad = rendered({}, version).replace('<PmtMtd>TRF</PmtMtd>', '<PmtMtd>CASH</PmtMtd>');

  it('accepts our files and refuses a broken one (libxml2-wasm)', async () => {
    const schema = openSchema(version);
    for (const xml of files) expect(await schema.check(xml)).toEqual([]);
    expect(await schema.check(bad)).toEqual([expect.objectContaining({ message: expect.stringContaining('PmtMtd') })]);
    await schema.close();
  });

  if (!hasXmllint) {
    const reason = 'not checked a second time: xmllint is not installed';
    process.stderr.write(`${version}.xsd ${reason}\n`);
    it.skip(reason, () => undefined);
    return;
  }

  it('accepts our files and refuses a broken one (xmllint)', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tranche-pain001-'));
    const save = (name: string, xml: string): string => {
      writeFileSync(join(folder, name), xml);
      return join(folder, name);
    };
    const good = files.map((xml, no) => save(`${no}.xml`, xml));
    const schema = schemaPath(version);
    execFileSync('xmllint', ['--nonet', '--noout', '--schema', schema, ...good], { stdio: 'pipe' });
    expect(spawnSync('xmllint', ['--nonet', '--noout', '--schema', schema, save('bad.xml', bad)]).status).not.toBe(0);
    rmSync(folder, { recursive: true });
  });
});
