import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { defaultLimits, readRows, type SheetRow } from '../../src/imports/index.js';
import { inline, sheetXml, workbook, workbookParts } from './workbook.js';
import { makeZip } from './zip.js';

async function read(bytes: Uint8Array, fileName: string, limits = defaultLimits) {
  const rows: SheetRow[] = [];
  const result = await readRows(bytes, { fileName, limits }, (row) => rows.push(row));
  return { result, rows, texts: rows.map((row) => row.cells.map((cell) => cell?.text ?? '')) };
}
const code = async (bytes: Uint8Array, fileName: string, limits = defaultLimits) => {
  const { result } = await read(bytes, fileName, limits);
  return result.ok ? 'ok' : result.code;
};
const utf8 = (text: string) => Buffer.from(text);

describe('reading a .csv file', () => {
  const list = '姓名,等级\r\n"李, 四",初级\r\n\r\n王五,中级\r\n';
  const texts = [
    ['姓名', '等级'],
    ['李, 四', '初级'],
    ['王五', '中级'],
  ];

  it.each([
    ['UTF-8', utf8(list)],
    ['UTF-8 with byte order mark', utf8(`\uFEFF${list}`)],
    ['GB18030', iconv.encode(list, 'gb18030')],
    ['Unix line ends', utf8(list.replaceAll('\r', ''))],
  ])('gives the same rows in %s', async (_name, bytes) => {
    const { result, texts: seen, rows } = await read(bytes, 'a.csv');
    expect(result).toEqual({ ok: true });
    expect(seen).toEqual(texts);
    expect(rows.map(({ row }) => row)).toEqual([1, 2, 4]);
  });

  it('keeps a rare character of GB18030 whole', async () => {
    const { texts: seen } = await read(iconv.encode('姓名\n㛃𠮷\n', 'gb18030'), 'a.csv');
    expect(seen[1]).toEqual(['㛃𠮷']);
  });

  it('takes a leading equals sign for a formula', async () => {
    const { rows } = await read(utf8('a\n"=1+1"\n'), 'a.csv');
    expect(rows[1]?.cells[0]?.kind).toBe('formula');
  });

  it.each([
    ['nothing in it', utf8(''), 'file-empty'],
    ['an open quote', utf8('a,b\n"c,d\n'), 'spreadsheet-broken'],
    ['U+0000', utf8('a,b\nc,\0d\n'), 'text-invalid'],
    ['UTF-16', iconv.encode('a,b\n', 'utf-16le', { addBOM: true }), 'text-encoding'],
    ['bytes of no encoding', Buffer.from([0x61, 0xff, 0xff, 0x0a]), 'text-encoding'],
    ['a zip archive', workbook([[['a']]]), 'spreadsheet-kind'],
    ['51 columns', utf8(`${'a,'.repeat(50)}b\n`), 'too-many-columns'],
    ['a cell of 501 characters', utf8(`${'a'.repeat(501)}\n`), 'cell-too-long'],
    ['a very long line', utf8(`${'a,'.repeat(100_000)}\n`), 'spreadsheet-broken'],
  ])('refuses a file with %s', async (_name, bytes, expected) => {
    expect(await code(bytes, 'a.csv')).toBe(expected);
  });

  it('accepts 50 columns and a cell of 500 characters', async () => {
    expect(await code(utf8(`${'a,'.repeat(49)}${'b'.repeat(500)}\n`), 'a.csv')).toBe('ok');
  });

  it('refuses more than 10 MB before looking inside', async () => {
    expect(await code(Buffer.alloc(defaultLimits.fileBytesMax + 1, 'a'), 'a.csv')).toBe('file-too-large');
  });
});

describe('reading an .xlsx file', () => {
  it('reads inline texts, shared rich texts without their pronunciation, and numbers exactly as stored', async () => {
    const shared = '<sst><si><r><t>李</t></r><r><t>四</t></r><rPh sb="0" eb="1"><t>li</t></rPh></si><si><t>_x0041_B</t></si></sst>';
    const sheet = `<row r="3"><c r="A3" t="s"><v>0</v></c><c r="C3"><v>2.1020219900101E+17</v></c><c r="D3" t="s"><v>1</v></c></row>
      <row>${inline('a & b')}<c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c><f>1+1</f><v>2</v></c></row>`;
    const { result, rows } = await read(workbook([sheet], { sharedStrings: shared }), 'a.xlsx');
    expect(result).toEqual({ ok: true });
    expect(rows).toEqual([
      {
        row: 3,
        cells: [{ kind: 'text', text: '李四' }, undefined, { kind: 'number', text: '2.1020219900101E+17' }, { kind: 'text', text: 'AB' }],
      },
      {
        row: 4,
        cells: [
          { kind: 'text', text: 'a & b' },
          { kind: 'boolean', text: '1' },
          { kind: 'error', text: '#N/A' },
          { kind: 'formula', text: '2' },
        ],
      },
    ]);
  });

  it('ignores empty further sheets and hidden ones, and refuses a second filled one', async () => {
    expect(await code(workbook([[['a']], []]), 'a.xlsx')).toBe('ok');
    expect(await code(workbook([[['a']], [['b']]], { hidden: [1] }), 'a.xlsx')).toBe('ok');
    expect(await code(workbook([[['a']], [['b']]]), 'a.xlsx')).toBe('sheet-many');
  });

  const parts = workbookParts([[['a']]]);
  const spoilt = (name: string, content: string) => makeZip(parts.map((part) => (part.name === name ? { ...part, content } : part)));
  const whole = makeZip(parts);
  const bitFlipped = Buffer.from(whole);
  bitFlipped.writeUInt8(bitFlipped.readUInt8(60) ^ 0xff, 60);

  it.each([
    ['is cut off', whole.subarray(0, whole.length - 30), 'spreadsheet-broken'],
    ['has a damaged byte', bitFlipped, 'spreadsheet-broken'],
    ['has no workbook', makeZip([{ name: 'readme.txt', content: 'hello' }]), 'spreadsheet-broken'],
    ['has broken XML', spoilt('xl/worksheets/s0.xml', '<worksheet><row></worksheet>'), 'spreadsheet-broken'],
    ['has an unknown entity', spoilt('xl/worksheets/s0.xml', sheetXml('<row><c><v>&evil;</v></c></row>')), 'spreadsheet-broken'],
    ['has a document type', spoilt('xl/worksheets/s0.xml', `<!DOCTYPE x [<!ENTITY e "e">]>${sheetXml('')}`), 'xml-doctype'],
    [
      'is not UTF-8',
      makeZip([...parts.slice(0, -1), { name: 'xl/worksheets/s0.xml', content: Buffer.from([0x3c, 0xff]) }]),
      'spreadsheet-broken',
    ],
    ['names a shared text it does not have', workbook(['<row><c t="s"><v>7</v></c></row>']), 'spreadsheet-broken'],
    ['hides U+0000 in an escape', workbook([[['a_x0000_b']]]), 'text-invalid'],
    ['has a macro', makeZip([...parts, { name: 'xl/vbaProject.bin', content: 'x' }]), 'spreadsheet-macro'],
    [
      'says it is macro-enabled',
      spoilt('[Content_Types].xml', '<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'),
      'spreadsheet-macro',
    ],
    ['has an encrypted entry', makeZip([...parts, { name: 'x', content: 'x', encrypted: true }]), 'spreadsheet-encrypted'],
    ['is an old or password-protected file', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'spreadsheet-encrypted'],
    ['is text', utf8('a,b\n'), 'spreadsheet-kind'],
    ['has the same entry twice', makeZip([...parts, ...parts.slice(-1)]), 'spreadsheet-broken'],
    ['has a value in column 51', workbook([`<row><c r="AY1"><v>1</v></c></row>`]), 'too-many-columns'],
    ['has a value in column 16384', workbook([`<row><c r="XFD1"><v>1</v></c></row>`]), 'too-many-columns'],
    ['has a cell of 501 characters', workbook([[['a'.repeat(501)]]]), 'cell-too-long'],
  ])('refuses a file that %s', async (_name, bytes, expected) => {
    expect(await code(bytes, 'a.xlsx')).toBe(expected);
  });

  it('refuses a macro workbook and any other extension by name', async () => {
    expect(await code(whole, 'a.xlsm')).toBe('spreadsheet-macro');
    expect(await code(whole, 'a.ods')).toBe('spreadsheet-kind');
    expect(await code(whole, 'a')).toBe('spreadsheet-kind');
  });

  it('understands prefixed names and absolute part names, as some programs write them', async () => {
    const parts = workbookParts([[]]).map((part) => {
      if (part.name === 'xl/worksheets/s0.xml') {
        return {
          ...part,
          content:
            '<x:worksheet xmlns:x="m"><x:sheetData><x:row r="2"><x:c r="B2" t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>',
        };
      }
      return { ...part, content: part.content.toString().replace('Target="worksheets/', 'Target="/xl/worksheets/') };
    });
    expect((await read(makeZip(parts), 'a.xlsx')).rows).toEqual([{ row: 2, cells: [undefined, { kind: 'text', text: 'a' }] }]);
  });

  it('lets bugs of the caller through as errors', async () => {
    const failing = readRows(whole, { fileName: 'a.xlsx' }, () => {
      throw new Error('bug');
    });
    await expect(failing).rejects.toThrow('bug');
  });
});

describe('a damaged or random file', () => {
  const names = fc.constantFrom('a.xlsx', 'a.csv');

  it('is always answered with rows or a refusal, never with an error', async () => {
    const good = workbook(
      [
        [
          ['姓名', '等级'],
          ['李四', '初级'],
        ],
      ],
      { sharedStrings: '<sst><si><t>a</t></si></sst>' },
    );
    const damage = fc.array(fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(damage, async (changes) => {
        const bytes = Buffer.from(good);
        for (const [at, bits] of changes) bytes.writeUInt8(bytes.readUInt8(at) ^ bits, at);
        expect(typeof (await code(bytes, 'a.xlsx'))).toBe('string');
      }),
      { numRuns: 300 },
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), names, fc.boolean(), async (noise, name, zip) => {
        const bytes = zip ? Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), noise]) : noise;
        expect(typeof (await code(bytes, name))).toBe('string');
      }),
      { numRuns: 300 },
    );
  });
});

describe('a zip bomb', () => {
  const sheetOf = (bytes: number) => sheetXml(`<!--${'0'.repeat(bytes)}-->`);
  const bomb = (bytes: number, claims?: number) => {
    const parts = workbookParts([[]]).filter((part) => !part.name.includes('worksheets'));
    return makeZip([...parts, { name: 'xl/worksheets/s0.xml', content: sheetOf(bytes), ...(claims === undefined ? {} : { claims }) }]);
  };

  it('is refused by what comes out, whatever its header says', async () => {
    expect(await code(bomb(8_000_000), 'a.xlsx')).toBe('zip-bomb');
    expect(await code(bomb(8_000_000, 1000), 'a.xlsx')).toBe('zip-bomb');
  });

  it('is refused by the sum over all entries when no single one is dense', async () => {
    const limits = { ...defaultLimits, inflateRatioMax: 2000, inflatedBytesMax: 1_000_000 };
    expect(await code(bomb(400_000), 'a.xlsx', limits)).toBe('ok');
    expect(await code(bomb(1_100_000), 'a.xlsx', limits)).toBe('zip-bomb');
  });

  it('is not what a small, well compressible file is', async () => {
    expect(await code(bomb(900_000), 'a.xlsx')).toBe('ok');
  });
});
