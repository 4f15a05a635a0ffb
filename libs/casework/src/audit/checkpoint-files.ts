import { createPublicKey, type KeyObject } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { type FileHandle, link, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { keyIdOf, type SigningKey } from './signing-key.js';
import { type Leaf, leafLine, parseLeaf, type Signed } from './statement.js';

const filePattern = /^checkpoint-(\d{6,})-(\d{4}-\d{2}-\d{2})\.txt$/;
export const checkpointFileName = (no: number, day: string): string => `checkpoint-${String(no).padStart(6, '0')}-${day}.txt`;

export type CheckpointFile = { readonly no: number; readonly name: string; readonly path: string };

/** The exported checkpoints in a folder, by number. A missing folder holds none. */
export function checkpointFiles(dir: string): CheckpointFile[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .flatMap((name) => {
      const no = filePattern.exec(name)?.[1];
      return no === undefined ? [] : [{ no: Number(no), name, path: join(dir, name) }];
    })
    .sort((a, b) => a.no - b.no);
}

/** Public keys beside the checkpoints (or anywhere else), by key id. What is no public key is passed over. */
export function publicKeysIn(paths: readonly string[]): Map<string, KeyObject> {
  const files = paths.flatMap((path) =>
    path.endsWith('.pem')
      ? [path]
      : existsSync(path)
        ? readdirSync(path).flatMap((name) => (name.endsWith('.pem') ? [join(path, name)] : []))
        : [],
  );
  const keys = files.flatMap((file): [string, KeyObject][] => {
    try {
      const key = createPublicKey(readFileSync(file, 'utf8'));
      return [[keyIdOf(key), key]];
    } catch {
      return [];
    }
  });
  return new Map(keys);
}

const BUFFER_LINES = 5_000;

/** A checkpoint being written: leaves first, the signed statement as last line; it gets its name only when it is whole and on disk. */
export class CheckpointWriter {
  private lines: string[] = [];

  private constructor(
    private readonly dir: string,
    private readonly unfinished: string,
    private readonly file: FileHandle,
  ) {}

  static async begin(dir: string, no: number): Promise<CheckpointWriter> {
    mkdirSync(dir, { recursive: true, mode: 0o755 });
    const unfinished = join(dir, `.unfinished-${no}-${process.pid}`);
    return new CheckpointWriter(dir, unfinished, await open(unfinished, 'w', 0o644));
  }

  async add(leaf: Leaf): Promise<void> {
    this.lines.push(leafLine(leaf));
    if (this.lines.length >= BUFFER_LINES) await this.flush();
  }

  /** Throws EEXIST when there is such a checkpoint already: a file is never replaced. */
  async finish(signed: Signed, key: SigningKey): Promise<string> {
    this.lines.push(JSON.stringify(signed));
    await this.flush();
    await this.file.sync();
    await this.file.close();
    const path = join(this.dir, checkpointFileName(signed.statement.no, signed.statement.legalDay));
    await link(this.unfinished, path);
    await unlink(this.unfinished);
    await writeOnce(join(this.dir, `checkpoint-key-${key.keyId}.pem`), key.publicPem);
    await syncFolder(this.dir);
    return path;
  }

  async abandon(): Promise<void> {
    await this.file.close().catch(() => undefined);
    await unlink(this.unfinished).catch(() => undefined);
  }

  private async flush(): Promise<void> {
    const text = this.lines.map((line) => `${line}\n`).join('');
    this.lines = [];
    await this.file.write(text);
  }
}

async function writeOnce(path: string, text: string): Promise<void> {
  if (existsSync(path)) return;
  const file = await open(path, 'wx', 0o644);
  await file.write(text);
  await file.sync();
  await file.close();
}

/** A name is durable once its folder is; where a folder cannot be opened (Windows), the file system does it by itself. */
async function syncFolder(dir: string): Promise<void> {
  try {
    const folder = await open(dir, 'r');
    await folder.sync();
    await folder.close();
  } catch {
    return;
  }
}

/** Reads a checkpoint file in pages of leaves; answers its signed last line, or null when it has none or a line is not a leaf. */
export async function readCheckpointFile(
  path: string,
  page: number,
  onPage: (leaves: readonly Leaf[]) => Promise<void>,
): Promise<Signed | null> {
  const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
  let leaves: Leaf[] = [];
  let signed: Signed | null = null;
  for await (const line of lines) {
    if (signed !== null) return null;
    const leaf = parseLeaf(line);
    if (leaf) {
      leaves.push(leaf);
      if (leaves.length === page) {
        await onPage(leaves);
        leaves = [];
      }
    } else signed = parseSigned(line);
    if (leaf === null && signed === null) return null;
  }
  if (leaves.length > 0) await onPage(leaves);
  return signed;
}

function parseSigned(line: string): Signed | null {
  try {
    const value = JSON.parse(line) as Signed;
    return typeof value.statement === 'object' && typeof value.hash === 'string' && typeof value.signature === 'string' ? value : null;
  } catch {
    return null;
  }
}

/** The signed statement of a file alone. */
export const signedOf = (path: string): Promise<Signed | null> => readCheckpointFile(path, BUFFER_LINES, () => Promise.resolve());
