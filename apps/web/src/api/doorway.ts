// One fetch for all: says the language, notices a lost connection, and when the session has ended or a one-time password is wanted asks the person
// over the page and then sends the same request again. Nothing typed is lost, because the page never hears of it.

import { storedLanguage } from '../text/text.js';
import { note } from './connection.js';
import { type Refused, refusedOf, unreachable } from './problem.js';

/** Asked of the person; null: declined, and the page gets the refusal. */
export type Asked = {
  readonly signIn: () => Promise<true | null>;
  /** with the words in which the server asked, or refused the code before */
  readonly otp: (said: Refused) => Promise<string | null>;
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
    const refused = asked === null ? null : await refusalOf(response);
    if (refused?.code === 'sign-in-required' && new URL(request.url).pathname !== sessionPath) {
      if ((await asked?.signIn()) !== true) return response;
      next = again;
    } else if (refused !== null && wantsCode(refused, otpAsked)) {
      const otp = (await asked?.otp(refused)) ?? null;
      if (otp === null) return response;
      otpAsked = true;
      next = await withOtp(again, otp);
    } else return response;
  }
}

/** A code is asked for at first; a wrong one is asked for again only by who asked: the sign-in form shows its own. */
const wantsCode = ({ code }: Refused, otpAsked: boolean): boolean => code === 'otp-required' || (code === 'otp-refused' && otpAsked);

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

async function refusalOf(response: Response): Promise<Refused | null> {
  if (response.ok || !response.headers.get('content-type')?.includes('problem+json')) return null;
  return refusedOf(response.status, await response.clone().json());
}

/** The same request with `otp` among its members. */
async function withOtp(request: Request, otp: string): Promise<Request> {
  const text = await request.clone().text();
  const body = text === '' ? {} : (JSON.parse(text) as object);
  const headers = new Headers(request.headers);
  headers.set('content-type', 'application/json');
  return new Request(request, { headers, body: JSON.stringify({ ...body, otp }) });
}

/** For what cannot go through the doorway: asks the person to sign in again; true when that was done. */
export const sessionEnded = async (): Promise<boolean> => (await asked?.signIn()) === true;
