import { describe, expect, it } from '@jest/globals';
import { inspectXml, receiptMessages } from '@tranche/bank';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { noticeFile, returnFile, statementFile, statementXml, statusFile } from '../../../../test/support/bank-files.js';
import { faultsOf, of, read } from './read.js';

const paid = { fen: 12_345n, reference: 'T1', bankRef: 'B1', name: '育才培训学校', account: '6222', remittance: '补贴 & 首付' };
const back = { fen: 500n, direction: 'credit' as const, reference: 'T0', bankRef: 'B2', returned: 'AC04' };
const strange = { fen: 700n, direction: 'credit' as const, bankRef: 'B3', name: '某人' };

describe('a statement', () => {
  it.each(['camt.053.001.02', 'camt.053.001.04', 'camt.053.001.08'] as const)(
    'of version %s is read line by line, with its place',
    async (message) => {
      const { inspection, events } = await read(statementFile([paid, back, strange], { message, id: 'S7', account: '4100' }));
      expect(inspection).toEqual({ kind: 'accepted', format: message });
      expect(of(events, 'statement')).toEqual([
        expect.objectContaining({
          statementId: 'S7',
          accountNo: '4100',
          openingFen: 100_000_000n,
          closingFen: 99_988_855n,
          on: '2020-11-26',
          final: true,
          page: null,
        }),
      ]);
      expect(of(events, 'line')).toEqual([
        expect.objectContaining({
          at: { line: 3, path: 'Document/BkToCstmrStmt[1]/Stmt[1]/Ntry[1]/NtryDtls[1]/TxDtls[1]' },
          direction: 'debit',
          amountFen: 12_345n,
          endToEndId: 'T1',
          bankRef: 'B1',
          bookedOn: '2020-11-26',
          counterpartyName: '育才培训学校',
          counterpartyAccount: '6222',
          remittance: '补贴 & 首付',
          returnCode: null,
        }),
        expect.objectContaining({ direction: 'credit', amountFen: 500n, endToEndId: 'T0', returnCode: 'AC04', returnText: '账户已销户' }),
        expect.objectContaining({ direction: 'credit', amountFen: 700n, endToEndId: null, counterpartyName: '某人' }),
      ]);
      expect(of(events, 'statement-end')).toEqual([
        expect.objectContaining({ lines: 3, creditFen: 1_200n, debitFen: 12_345n, sound: true, on: '2020-11-26' }),
      ]);
      expect(faultsOf(events)).toEqual([]);
    },
  );

  it('of several accounts and days in one file is told one after the other', async () => {
    const { events } = await read(
      statementFile([paid], { more: statementXml([strange], { id: 'S2', account: '2002', on: '2020-11-27' }) }),
    );
    expect(events.map(({ kind }) => kind)).toEqual(['statement', 'line', 'statement-end', 'statement', 'line', 'statement-end']);
    expect(of(events, 'statement').map(({ accountNo, on }) => [accountNo, on])).toEqual([
      ['1001', '2020-11-26'],
      ['2002', '2020-11-27'],
    ]);
  });

  it('without entries still says its balances', async () => {
    const { events } = await read(statementFile([]));
    expect(of(events, 'statement-end')).toEqual([expect.objectContaining({ lines: 0, sound: true })]);
  });

  it.each<[string, (xml: string) => string, string[], number]>([
    [
      'a closing balance that the lines do not come to',
      (xml) => xml.replace('<Amt Ccy="CNY">999876.55</Amt>', '<Amt Ccy="CNY">999876.56</Amt>'),
      ['balance-differs'],
      1,
    ],
    ['an amount with a third decimal', (xml) => xml.replaceAll('123.45', '123.451'), ['amount-decimals', 'balance-differs'], 0],
    ['an amount with five decimals that are zeros', (xml) => xml.replaceAll('123.45', '123.45000'), [], 1],
    ['a transaction that does not come to its entry', (xml) => xml.replace(/(<TxDtls>.*)123\.45/s, '$1123.44'), ['entry-sum-differs'], 1],
    ['another currency', (xml) => xml.replaceAll(/Ccy="CNY">123/g, 'Ccy="USD">123'), ['currency-foreign', 'balance-differs'], 0],
    ['an entry that is only announced', (xml) => xml.replace('BOOK', 'PDNG'), ['balance-differs'], 0],
    ['a balance of zero', (xml) => xml.replace(/1000000\.00/, '0.00').replace(/999876\.55(.*?)CRDT/, '123.45$1DBIT'), [], 1],
  ])('with %s: what is safe is taken, the rest has its reason', async (_name, broken, faults, lines) => {
    const { inspection, events } = await read(broken(statementFile([paid])));
    expect(inspection.kind).toBe('accepted');
    expect(faultsOf(events)).toEqual(faults);
    expect(of(events, 'line')).toHaveLength(lines);
  });

  it('whose entry holds several transactions is told transaction by transaction, or whole when they do not add up', async () => {
    const two = statementFile([{ ...paid, fen: 30_000n }]).replace(
      /<TxDtls>.*<\/TxDtls>/s,
      '<TxDtls><Refs><EndToEndId>A</EndToEndId></Refs><Amt Ccy="CNY">100</Amt><CdtDbtInd>DBIT</CdtDbtInd></TxDtls><TxDtls><Refs><EndToEndId>B</EndToEndId></Refs><Amt Ccy="CNY">200</Amt><CdtDbtInd>DBIT</CdtDbtInd></TxDtls>',
    );
    expect(of((await read(two)).events, 'line').map(({ endToEndId, amountFen }) => [endToEndId, amountFen])).toEqual([
      ['A', 10_000n],
      ['B', 20_000n],
    ]);
    const wrong = await read(two.replace('>200<', '>201<'));
    expect(faultsOf(wrong.events)).toEqual(['entry-sum-differs']);
    expect(of(wrong.events, 'line').map(({ endToEndId, amountFen }) => [endToEndId, amountFen])).toEqual([[null, 30_000n]]);
  });
});

describe('a notification', () => {
  it.each(['02', '04', '08'] as const)(
    'of version %s tells debits as settled and returns as returned; other credits wait for the statement',
    async (version) => {
      const { inspection, events } = await read(noticeFile([paid, back, strange], version));
      expect(inspection.kind).toBe('accepted');
      expect(
        events.map((event) =>
          event.kind === 'status' ? [event.meaning, event.endToEndId, event.amountFen, event.on, event.reasonCode] : event,
        ),
      ).toEqual([
        ['settled', 'T1', 12_345n, '2020-11-26', null],
        ['returned', 'T0', 500n, '2020-11-26', 'AC04'],
      ]);
    },
  );
});

describe('a status report', () => {
  it.each(['03', '10'] as const)('of version %s speaks of transfers, blocks and the file', async (version) => {
    const statuses = [
      { reference: 'T1', status: 'ACSC', fen: 100n },
      { reference: 'T2', status: 'RJCT', reason: 'AC01', words: '账号有误' },
      { reference: 'T3', status: 'PDNG' },
      { reference: 'T4', status: 'ACTC' },
    ];
    const { inspection, events } = await read(statusFile(statuses, { version, group: 'ACTC', block: 'ACSP' }));
    expect(inspection).toEqual({ kind: 'accepted', format: `pain.002.001.${version}` });
    expect(
      of(events, 'status').map(({ level, meaning, endToEndId, reasonCode, amountFen }) => [
        level,
        meaning,
        endToEndId,
        reasonCode,
        amountFen,
      ]),
    ).toEqual([
      ['file', 'received', null, null, null],
      ['transfer', 'settled', 'T1', null, 100n],
      ['transfer', 'refused', 'T2', 'AC01', null],
      ['transfer', 'accepted', 'T3', null, null],
      ['transfer', 'received', 'T4', null, null],
      ['block', 'accepted', null, null, null],
    ]);
    expect(of(events, 'status')[2]).toMatchObject({
      reasonText: '账号有误',
      originalMessageId: 'MB1',
      originalBlockId: 'P1',
      on: '2020-11-26',
    });
  });

  it('says nothing by PART, and leaves a word it does not know to a person', async () => {
    const { events } = await read(statusFile([{ reference: 'T1', status: 'PATC' }], { group: 'PART' }));
    expect(faultsOf(events)).toEqual(['status-unknown']);
    expect(events).toHaveLength(1);
  });
});

describe('a return file', () => {
  const rows = [
    ['T1', '"1,234.50"', '成功', '', '20201126'],
    ['T2', '5.00', '失败', '户名不符', '2020-11-26'],
  ];
  it.each(['utf-8', 'gb18030', 'gbk', 'utf-8 with BOM and CRLF'])('in %s is read row by row', async (encoding) => {
    const text = returnFile(rows, encoding.includes('CRLF') ? { lineEnd: '\r\n' } : {});
    const bytes = encoding.startsWith('gb') ? iconv.encode(text, encoding) : Buffer.from(encoding.includes('BOM') ? `\ufeff${text}` : text);
    const { inspection, events } = await read(bytes, 7);
    expect(inspection).toEqual({ kind: 'accepted', format: 'csv:return-file' });
    expect(
      events.map((event) =>
        event.kind === 'status' ? [event.at.line, event.meaning, event.endToEndId, event.amountFen, event.on, event.reasonText] : event,
      ),
    ).toEqual([
      [2, 'settled', 'T1', 123_450n, '2020-11-26', null],
      [3, 'refused', 'T2', 500n, '2020-11-26', '户名不符'],
    ]);
  });

  it.each<[string, string[][], string | null | undefined, string[]]>([
    [
      'a row that cannot be read',
      [
        ['T1', '1.00', '成功'],
        ['T2', '"1', '成功'],
      ],
      undefined,
      ['row-unreadable', 'count-differs', 'sum-differs'],
    ],
    ['an unknown result', [['T1', '1.00', '大概成功']], undefined, ['status-unknown']],
    ['no total', [['T1', '1.00', '成功']], null, ['trailer-missing']],
    ['a wrong total', [['T1', '1.00', '成功']], '合计,1,1.01', ['sum-differs']],
    ['a wrong count', [['T1', '1.00', '成功']], '合计,2,1.00', ['count-differs']],
    ['an impossible day', [['T1', '1.00', '成功', '', '20201131']], undefined, ['date-invalid']],
    ['an amount that is none', [['T1', '一百', '成功']], '合计,1,0', ['amount-invalid', 'sum-differs']],
    ['an amount in parts of a fen', [['T1', '1.001', '成功']], '合计,1,0.00', ['amount-decimals', 'sum-differs']],
  ])('with %s says so', async (_name, given, trailer, faults) => {
    const text =
      trailer === undefined && given.some((row) => row[1]?.startsWith('"1') && !row[1].endsWith('"'))
        ? returnFile(given, { trailer: '合计,2,2.00' })
        : returnFile(given, trailer === undefined ? {} : { trailer });
    expect(faultsOf((await read(text)).events)).toEqual(faults);
  });
});

describe('a file that cannot be taken as it stands', () => {
  const good = statementFile([paid, back]);
  it.each<[string, string | Uint8Array, string, boolean]>([
    ['breaks its schema', good.replace('<Sts><Cd>BOOK</Cd></Sts>', '<Sts>BOOK</Sts>'), 'schema-broken', true],
    ['is cut off', good.slice(0, -60), 'not-well-formed', true],
    ['has a DOCTYPE', good.replace('<Document', '<!DOCTYPE Document [<!ENTITY x "y">]><Document'), 'doctype-refused', false],
    ['has entities of its own', good.replace('育才', '&school;'), 'not-well-formed', true],
    ['is of another message', good.replaceAll('camt.053.001.08', 'camt.052.001.08'), 'message-unknown', false],
    ['is of no message', '<html><body/></html>', 'message-unknown', false],
    [
      'is not in its encoding',
      Buffer.concat([Buffer.from(good.slice(0, 900)), Buffer.from([0xff, 0xfe, 0xfd]), Buffer.from(good.slice(900))]),
      'encoding-broken',
      true,
    ],
    ['declares an encoding nobody knows', good.replace('UTF-8', 'EBCDIC-CP-US'), 'encoding-unknown', true],
    ['is empty', '', 'empty', false],
    ['is only white space', ' \n ', 'template-unknown', false],
    ['is of no known template', 'a,b,c\n1,2,3\n', 'template-unknown', false],
    ['is binary', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0xff, 0xfe, 0]), 'template-unknown', false],
    [
      'is nested without end',
      `<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">${'<a>'.repeat(500)}`,
      'too-complex',
      true,
    ],
    ['holds a text without end', good.replace('补贴', '补'.repeat(30_000)), 'too-complex', true],
  ])('because it %s is set aside with place and reason', async (_name, content, code, readable) => {
    const { inspection } = await read(content);
    expect(inspection).toMatchObject({ kind: 'quarantined', code, text: { zh: expect.any(String), en: expect.any(String) } });
    expect(inspection.format !== null).toBe(readable);
  });

  it('is read as far as it is whole, when a second person wants it', async () => {
    const { events } = await read(good.slice(0, good.lastIndexOf('</Ntry>')));
    expect(of(events, 'line').map(({ endToEndId }) => endToEndId)).toEqual(['T1']);
    expect(faultsOf(events)).toEqual(['file-broken']);
    expect(of(events, 'statement-end')).toEqual([]);
  });

  it.each(['utf-16le', 'gb18030', 'gbk'])('but not because of its encoding (%s, with its name)', async (encoding) => {
    const xml = good.replace('UTF-8', encoding === 'utf-16le' ? 'UTF-16' : encoding.toUpperCase());
    const bytes = encoding === 'utf-16le' ? Buffer.from(`\ufeff${xml}`, 'utf16le') : iconv.encode(xml, encoding);
    const { inspection, events } = await read(bytes);
    expect(inspection).toEqual({ kind: 'accepted', format: 'camt.053.001.08' });
    expect(of(events, 'line')[0]?.counterpartyName).toBe('育才培训学校');
  });

  it('and not because of a byte-order mark, CRLF or a prefix of its own', async () => {
    const prefixed = good.replaceAll(/<(\/?)([A-Z])/g, '<$1c:$2').replace('xmlns=', 'xmlns:c=');
    for (const content of [`\ufeff${good}`, good.replaceAll('\n', '\r\n'), prefixed])
      expect(faultsOf((await read(content)).events)).toEqual([]);
    expect(of((await read(prefixed)).events, 'line')).toHaveLength(2);
  });
});

describe('a file is held to its schema in slices', () => {
  const text = (xml: string) =>
    async function* () {
      for (let at = 0; at < xml.length; at += 333) yield xml.slice(at, at + 333);
    };
  const entries = Array.from({ length: 40 }, (_, index) => ({ ...paid, reference: `T${index}` }));
  const big = statementFile(entries, { more: `\n${statementXml(entries, { id: 'S2' })}` });
  const lineOf = (xml: string, mark: string) => xml.slice(0, xml.indexOf(mark)).split('\n').length;

  it.each([500, 2_000, 9_000, 1_000_000])('of %d characters: nothing is found in a good one', async (size) => {
    expect(await inspectXml(text(big)(), receiptMessages, size)).toEqual({ message: 'camt.053.001.08', faults: [] });
    expect(
      (await inspectXml(text(statusFile(entries.map(({ reference }) => ({ reference, status: 'ACSC' }))))(), receiptMessages, size)).faults,
    ).toEqual([]);
  });

  it('and every broken element is found, at its line in the file, whichever slice it is in', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 39 }),
        fc.constantFrom(600, 3_000, 20_000, 1_000_000),
        fc.boolean(),
        async (index, size, second) => {
          const mark = `<EndToEndId>T${index}</EndToEndId>`;
          const at = second ? big.lastIndexOf(mark) : big.indexOf(mark);
          const broken = `${big.slice(0, at)}<Wrong/>${big.slice(at)}`;
          const { faults } = await inspectXml(text(broken)(), receiptMessages, size);
          expect(faults).toEqual([{ line: lineOf(broken, '<Wrong/>'), message: expect.stringContaining('Wrong') }]);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('also an entry larger than a slice, transaction by transaction, and what stands behind it', async () => {
    const one = statementFile([{ ...paid, fen: 100n }, paid]);
    const details = '<TxDtls><Refs><EndToEndId>A</EndToEndId></Refs><Amt Ccy="CNY">0.01</Amt><CdtDbtInd>DBIT</CdtDbtInd></TxDtls>\n';
    const huge = one.replace(/<TxDtls>.*?<\/TxDtls>/s, details.repeat(100));
    expect((await inspectXml(text(huge)(), receiptMessages, 1_000)).faults).toEqual([]);
    expect(of((await read(huge)).events, 'line')).toHaveLength(101);
    for (const mark of ['</NtryDtls></Ntry>', '</Stmt>']) {
      const broken = huge.replace(mark, `<Wrong/>${mark}`);
      expect((await inspectXml(text(broken)(), receiptMessages, 1_000)).faults).toEqual([
        { line: lineOf(broken, '<Wrong/>'), message: expect.stringContaining('Wrong') },
      ]);
    }
  });

  it('gives the same events however its bytes are cut', async () => {
    const whole = await read(big, 1_000_000);
    for (const size of [1, 3, 64])
      expect((await read(statementFile([paid, back]), size)).events).toEqual((await read(statementFile([paid, back]))).events);
    expect(of(whole.events, 'line')).toHaveLength(80);
  });
});
