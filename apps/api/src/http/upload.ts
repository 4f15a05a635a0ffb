import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { type CommandKey, commandKey } from './idempotency.js';
import { Problem } from './problem.js';
import { unstorableAt } from './text-check.js';

export type Upload = {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly command: CommandKey;
};

/** Largest file taken: a roster of 10,000 rows is far below. */
export const uploadLimit = 16 * 1024 * 1024;

/** Reads the one file of a multipart request, whole; fields before the file come along. */
export async function readUpload(request: FastifyRequest): Promise<Upload> {
  if (!request.isMultipart()) throw new Problem('media-type-unsupported');
  const part = await request.file();
  if (part === undefined || part.fieldname !== 'file') throw new Problem('file-missing');
  const bytes = await part.toBuffer();
  // read to its end faster than the limit was noticed: what is cut off is refused, never read as if it were whole
  if (part.file.truncated) throw new Problem('body-too-large');
  // what a browser sends when nobody chose a file; a named file without content is for its reader to refuse, with a reason
  if (bytes.length === 0 && !part.filename) throw new Problem('file-missing');
  const fileName = plainName(part.filename);
  const fields = Object.fromEntries(
    Object.entries(part.fields).flatMap(([name, field]) =>
      field !== undefined && !Array.isArray(field) && field.type === 'field' ? [[name, String(field.value)]] : [],
    ),
  );
  const unstorable = unstorableAt({ fileName, ...fields }, 'body');
  if (unstorable !== null) throw new Problem('text-invalid', { errors: [{ field: unstorable, code: 'text-invalid', message: 'U+0000' }] });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { fileName, mediaType: part.mimetype, bytes, sha256, fields, command: commandKey(request, { ...fields, file: sha256 }) };
}

/** The last part of a path, at most 200 characters; what a browser calls the file is only a label. */
const plainName = (name: string | undefined): string => (name ?? 'file').split(/[\\/]/).at(-1)?.slice(0, 200) || 'file';
