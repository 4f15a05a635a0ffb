import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { MultipartFile } from '@fastify/multipart';
import type { Extract } from '@tranche/casework';
import type { FastifyRequest } from 'fastify';
import { type CommandKey, commandKey } from '../http/idempotency.js';
import { Problem } from '../http/problem.js';
import { unstorableAt } from '../http/text-check.js';

/** Largest extract taken: two million firms are below. */
export const extractLimit = 512 * 1024 * 1024;

export type Spooled = { readonly extract: Extract; readonly fields: Readonly<Record<string, string>>; readonly command: CommandKey };

/**
 * Receives the one file of a multipart request on its way to the disk, never whole in memory, and hands it on; the file is gone
 * afterwards. Its hash and its encoding (UTF-8, or else GB18030) are known when `work` begins. Fields must stand before the file.
 */
export async function withSpooled<T>(request: FastifyRequest, work: (spooled: Spooled) => Promise<T>): Promise<T> {
  if (!request.isMultipart()) throw new Problem('media-type-unsupported');
  const part = await request.file({ limits: { fileSize: extractLimit } });
  if (part === undefined || (part.fieldname !== 'source' && part.fieldname !== 'file')) throw new Problem('file-missing');
  const path = join(tmpdir(), `tranche-extract-${randomUUID()}`);
  try {
    const { sha256, bytes, utf8 } = await spool(part, path);
    if (part.file.truncated) throw new Problem('body-too-large');
    if (bytes === 0) throw new Problem('file-missing');
    const fields = fieldsOf(part);
    const fileName = (part.filename || 'extract.csv').split(/[\\/]/).at(-1)?.slice(0, 200) || 'extract.csv';
    const unstorable = unstorableAt({ fileName, ...fields }, 'body');
    if (unstorable !== null)
      throw new Problem('text-invalid', { errors: [{ field: unstorable, code: 'text-invalid', message: 'U+0000' }] });
    const open = () => createReadStream(path, { highWaterMark: 256 * 1024 });
    const extract: Extract = { fileName, bytes, sha256, encoding: utf8 ? 'utf-8' : 'gb18030', open };
    return await work({ extract, fields, command: commandKey(request, { ...fields, file: sha256 }) });
  } finally {
    await rm(path, { force: true });
  }
}

/** Only this process may read it: accounts of firms stand in it. */
async function spool(part: MultipartFile, path: string): Promise<{ sha256: string; bytes: number; utf8: boolean }> {
  const hash = createHash('sha256');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  let utf8 = true;
  const decode = (chunk?: Buffer): void => {
    if (!utf8) return;
    try {
      decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      utf8 = false;
    }
  };
  const looked = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      bytes += chunk.length;
      decode(chunk);
      done(null, chunk);
    },
  });
  await pipeline(part.file, looked, createWriteStream(path, { mode: 0o600, flags: 'wx' }));
  decode();
  return { sha256: hash.digest('hex'), bytes, utf8 };
}

const fieldsOf = ({ fields }: MultipartFile): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) =>
      field !== undefined && !Array.isArray(field) && field.type === 'field' ? [[name, String(field.value)]] : [],
    ),
  );
