import { makeZip, type ZipPart } from './zip.js';

/** Raw XML of the cells of one sheet, or a list of rows of texts. */
export type SheetContent = string | readonly (readonly string[])[];
export type WorkbookOptions = { readonly sharedStrings?: string; readonly parts?: readonly ZipPart[]; readonly hidden?: readonly number[] };

const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

export const inline = (text: string): string => `<c t="inlineStr"><is><t>${escapeXml(text)}</t></is></c>`;
export const rowsXml = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `<row>${row.map(inline).join('')}</row>`).join('');
export const sheetXml = (rows: string): string => `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`;

/** A minimal workbook, part by part, so that a test can spoil exactly one of them. */
export function workbookParts(sheets: readonly SheetContent[], options: WorkbookOptions = {}): ZipPart[] {
  const state = (index: number) => (options.hidden?.includes(index) ? ' state="hidden"' : '');
  const list = sheets.map((_, index) => `<sheet name="S${index}" sheetId="${index + 1}"${state(index)} r:id="r${index}"/>`).join('');
  const links = sheets
    .map((_, index) => `<Relationship Id="r${index}" Type="${RELATIONS}/worksheet" Target="worksheets/s${index}.xml"/>`)
    .join('');
  const shared =
    options.sharedStrings === undefined ? '' : `<Relationship Id="ss" Type="${RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>`;
  const root = `<Relationship Id="a" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/>`;
  const relations = (content: string) => `<Relationships xmlns="${PACKAGE}/relationships">${content}</Relationships>`;
  return [
    { name: '[Content_Types].xml', content: `<Types xmlns="${PACKAGE}/content-types"/>` },
    { name: '_rels/.rels', content: relations(root) },
    { name: 'xl/workbook.xml', content: `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${list}</sheets></workbook>` },
    { name: 'xl/_rels/workbook.xml.rels', content: relations(links + shared) },
    ...(options.sharedStrings === undefined ? [] : [{ name: 'xl/sharedStrings.xml', content: options.sharedStrings }]),
    ...sheets.map((sheet, index) => ({
      name: `xl/worksheets/s${index}.xml`,
      content: sheetXml(typeof sheet === 'string' ? sheet : rowsXml(sheet)),
    })),
    ...(options.parts ?? []),
  ];
}

export const workbook = (sheets: readonly SheetContent[], options?: WorkbookOptions): Buffer => makeZip(workbookParts(sheets, options));
