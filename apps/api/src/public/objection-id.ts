import { createHash } from 'node:crypto';
import type { CommandKey } from '../http/idempotency.js';

/** The same request repeated names the same objection: an id derived from notice, key and content, shaped as UUIDv8. */
export function objectionId(noticeId: string, { key, requestSha256 }: CommandKey): string {
  const hex = createHash('sha256').update(`${noticeId}\n${key}\n${requestSha256}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-9${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
