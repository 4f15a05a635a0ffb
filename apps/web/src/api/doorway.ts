// One fetch for all: says the language, notices a lost connection, and when the session has ended or a one-time password is wanted asks the person
// over the page and then sends the same request again. Nothing typed is lost, because the page never hears of it.

import { storedLanguage } from '../text/text.js';
import { note } from './connection.js';
import { unreachable } from './problem.js';

/** Asked of the person; null: declined, and the page gets the refusal. */
export type Asked = {
  readonly signIn: () => Promise<true | null>;
  readonly otp: (wrong: boolean) => Promise<string | null>;
};

let asked: Asked | null = null;

/** The dialogs that answer; set by the frame of the portals while somebody is signed in. */
export function answerWith(dialogs: Asked | null): void {
  asked = dialogs;
}

const sessionPath = '/api/v1/session';

export async function doorway(request: Request): Promise<Response> {
  request.headers.set('accept-language', storedLanguage());
  let next = request;
  for (let otpAsked = false; ; ) {
    const again = next.clone();
    const response = await reach(next);
    const code = asked === null ? null : await codeOf(response);
    if (code === 'sign-in-required' && new URL(request.url).pathname !== sessionPath) {
      if ((await asked?.signIn()) !== true) return response;
      next = again;
    } else if (code === 'otp-required' || (code === 'otp-wrong' && otpAsked)) {
      const otp = (await asked?.otp(otpAsked)) ?? null;
      if (otp === null) return response;
      otpAsked = true;
      next = await withOtp(again, otp);
    } else return response;
  }
}

async function reach(request: Request): Promise<Response> {
  try {
    const response = await fetch(request);
    note('there');
    return response;
  } catch (error) {
    if (request.signal.aborted) throw error;
    note('lost');
    throw unreachable();
  }
}

async function codeOf(response: Response): Promise<string | null> {
  if (response.ok || !response.headers.get('content-type')?.includes('problem+json')) return null;
  const { code } = (await response.clone().json()) as { code?: unknown };
  return typeof code === 'string' ? code : null;
}

/** The same request with `otp` among its members. */
async function withOtp(request: Request, otp: string): Promise<Request> {
  const body = (await request.clone().json()) as object;
  return new Request(request, { body: JSON.stringify({ ...body, otp }) });
}

/** For what cannot go through the doorway: asks the person to sign in again; true when that was done. */
export const sessionEnded = async (): Promise<boolean> => (await asked?.signIn()) === true;
