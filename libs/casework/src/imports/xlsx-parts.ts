import { posix } from 'node:path';
import { stopBroken, stopMacro, type XlsxArchive } from './xlsx-archive.js';
import { type XmlHandler, xmlReader } from './xlsx-xml.js';

/** The parts of a workbook that carry data. `sheets` are the visible ones, in the order of the tabs. */
export type WorkbookParts = { readonly sheets: readonly string[]; readonly sharedStrings: string | null };

type Relation = { readonly id: string; readonly type: string; readonly target: string };

/** Follows the package relationships from the root to the visible sheets. */
export async function findParts(archive: XlsxArchive): Promise<WorkbookParts> {
  await refuseMacroTypes(archive);
  const root = await readRelations(archive, '');
  const workbook = root.find((relation) => relation.type.endsWith('/officeDocument'))?.target ?? stopBroken();
  const relations = await readRelations(archive, workbook);
  const target = (id: string) => relations.find((relation) => relation.id === id)?.target ?? stopBroken();
  const sheets = (await readSheetIds(archive, workbook)).map(target);
  if (sheets.length === 0) stopBroken();
  return { sheets, sharedStrings: relations.find((relation) => relation.type.endsWith('/sharedStrings'))?.target ?? null };
}

/** Reads one XML part of the archive to its end. */
export async function readXml(archive: XlsxArchive, part: string, handler: XmlHandler): Promise<void> {
  const reader = xmlReader(handler);
  await archive.read(part, reader.write);
  reader.end();
}

async function refuseMacroTypes(archive: XlsxArchive): Promise<void> {
  await readXml(archive, '[Content_Types].xml', {
    open: (_name, attribute) => {
      if (/macroEnabled|vbaProject/i.test(attribute('ContentType') ?? '')) stopMacro();
    },
  });
}

async function readRelations(archive: XlsxArchive, part: string): Promise<Relation[]> {
  const folder = posix.dirname(part);
  const path = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  const relations: Relation[] = [];
  await readXml(archive, path, {
    open: (name, attribute) => {
      if (name !== 'Relationship' || attribute('TargetMode') === 'External') return;
      const target = attribute('Target') ?? '';
      const absolute = target.startsWith('/') ? target.slice(1) : posix.join(folder, target);
      relations.push({ id: attribute('Id') ?? '', type: attribute('Type') ?? '', target: absolute });
    },
  });
  return relations;
}

async function readSheetIds(archive: XlsxArchive, workbook: string): Promise<string[]> {
  const ids: string[] = [];
  await readXml(archive, workbook, {
    open: (name, attribute) => {
      if (name === 'sheet' && !attribute('state')?.toLowerCase().includes('hidden')) ids.push(attribute('id') ?? '');
    },
  });
  return ids;
}
