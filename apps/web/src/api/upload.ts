// A file on its way: how much of it is sent, and its checksum computed here, so that what arrived can be held against what was chosen.

import { storedLanguage } from '../text/text.js';
import { newKey } from './client.js';
import { note } from './connection.js';
import { sessionEnded } from './doorway.js';
import { Refused, refusedOf, unreachable } from './problem.js';

export type Upload = {
  /** below /api/v1 */
  readonly path: string;
  readonly file: File;
  readonly fields?: Readonly<Record<string, string>>;
  readonly key?: string;
  readonly onPercent?: (percent: number) => void;
};

/** Sends the file as a form does and answers the body of the good answer. @throws Refused */
export async function upload<Answer>(asked: Upload): Promise<Answer> {
  const sent = { ...asked, key: asked.key ?? newKey() };
  try {
    return (await send(sent)) as Answer;
  } catch (thrown) {
    if (thrown instanceof Refused && thrown.code === 'sign-in-required' && (await sessionEnded())) return (await send(sent)) as Answer;
    throw thrown;
  }
}

/** XMLHttpRequest, because fetch cannot tell how far an upload is. */
function send({ path, file, fields = {}, key = newKey(), onPercent }: Upload): Promise<unknown> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', file);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1/${path}`);
    request.setRequestHeader('idempotency-key', key);
    request.setRequestHeader('accept-language', storedLanguage());
    request.upload.onprogress = ({ loaded, total }) => onPercent?.(total === 0 ? 0 : Math.floor((loaded * 100) / total));
    request.onerror = () => {
      note('lost');
      reject(unreachable());
    };
    request.onload = () => {
      note('there');
      const body = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(body);
      else reject(refusedOf(request.status, body));
    };
    request.send(form);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** SHA-256 of the file in hex; null where the browser computes none (a page without https on another machine). */
export async function sha256Of(file: File): Promise<string | null> {
  if (crypto.subtle === undefined) return null;
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
