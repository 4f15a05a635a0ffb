// What the API says when it refuses (RFC 9457), and what is said when no answer came at all.

import type { Language, Text } from '../text/text.js';
import type { components } from './schema.js';

export type ProblemDocument = components['schemas']['Problem'];
export type FieldError = ProblemDocument['errors'][number];

/** A refusal, or an answer that never came. `code` is stable; `problem` carries the server's own words in both languages. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    readonly problem: ProblemDocument,
  ) {
    super(`${status} ${code}`);
    this.name = 'Refused';
  }
}

const isProblem = (value: unknown): value is ProblemDocument =>
  typeof value === 'object' && value !== null && typeof (value as { code?: unknown }).code === 'string';

const made = (code: string, status: number, title: Text, detail: Text): Refused =>
  new Refused(code, status, {
    type: 'about:blank',
    title: title.zh,
    status,
    code,
    detail: detail.zh,
    errors: [],
    requestId: '',
    messages: { zh: { title: title.zh, detail: detail.zh }, en: { title: title.en, detail: detail.en } },
  });

/** The refusal in this answer's body; something other than a problem document came from a machine in between. */
export const refusedOf = (status: number, body: unknown): Refused =>
  isProblem(body)
    ? new Refused(body.code, status, body)
    : made(
        'answer-unreadable',
        status,
        { zh: '服务暂时不可用', en: 'The service is not available' },
        {
          zh: `收到无法识别的应答（${status}）。已填写的内容仍在，请稍后重试。`,
          en: `An answer that cannot be read came back (${status}). What you typed is kept; try again in a moment.`,
        },
      );

export const unreachable = (): Refused =>
  made(
    'unreachable',
    0,
    { zh: '无法连接服务器', en: 'The server cannot be reached' },
    {
      zh: '网络中断或服务正在重启。已填写的内容仍在，恢复后可再次提交，不会重复办理。',
      en: 'The network is down or the service is restarting. What you typed is kept; send it again later, nothing is done twice.',
    },
  );

/** Title and detail in the language of the screen. */
export function wordsOf({ problem }: Refused, language: Language): { readonly title: string; readonly detail: string } {
  return problem.messages[language];
}

/** Any thrown thing as a refusal; a bug in the page is named as what it is. */
export const asRefused = (thrown: unknown): Refused =>
  thrown instanceof Refused
    ? thrown
    : made(
        'page-failed',
        0,
        { zh: '页面出错', en: 'The page failed' },
        {
          zh: `这是程序错误，数据没有改变：${String(thrown)}`,
          en: `This is a fault of the program; no data were changed: ${String(thrown)}`,
        },
      );
