import { z } from 'zod';
import type { Reply } from './exchange.js';
import type { BankAnswer, Exchange, ListSending } from './port.js';
import { readJson, unknown } from './read-answer.js';
import { type Asked, readRequest } from './request.js';

const part = z.object({ endToEndId: z.string().nullable(), status: z.int().min(100).max(599), body: z.unknown() });
const listShape = z.object({ answers: z.array(part) });
type Part = z.infer<typeof part>;

/** What is read of a reply to one request. */
type ReadAnswer = (reply: Reply, asked: Asked) => BankAnswer;

/** Lists of requests over `post`; each part of the answer is read by `read`, as if it were the answer to its request alone. */
export function listSending(max: number, post: (body: Uint8Array) => Promise<Reply>, read: ReadAnswer): ListSending {
  return {
    max,
    async send(requests) {
      if (requests.length > max) throw new RangeError(`${requests.length} requests are more than the ${max} of a call`);
      const asked = requests.map(readRequest);
      return answersOf(await post(bodyOf(requests)), asked, read);
    },
  };
}

/** The very bytes of each request, as a JSON array. */
function bodyOf(requests: readonly Uint8Array[]): Uint8Array {
  const pieces = requests.flatMap((request, index) => [Buffer.from(index === 0 ? '[' : ','), request]);
  return Buffer.concat([...pieces, Buffer.from(requests.length === 0 ? '[]' : ']')]);
}

function answersOf(reply: Reply, asked: readonly Asked[], read: ReadAnswer): Exchange<BankAnswer>[] {
  const { status: httpStatus } = reply;
  const whole = (answer: BankAnswer): Exchange<BankAnswer>[] => asked.map(() => ({ answer, httpStatus, response: reply.bytes }));
  if (!reply.ok) return whole(unknown(reply.why, reply.detail));
  // no status of the list is a word about a payment in it
  if (reply.status >= 500) return whole(unknown('server-error', `HTTP ${reply.status}`));
  if (reply.status !== 200) return whole(unknown('not-a-definite-refusal', `HTTP ${reply.status}`));
  const list = listShape.safeParse(readJson(reply.bytes));
  if (!list.success) return whole(unknown('unreadable-answer', 'not a list of answers'));
  const named = new Map<string, Part[]>();
  for (const each of list.data.answers) named.set(each.endToEndId ?? '', [...(named.get(each.endToEndId ?? '') ?? []), each]);
  return asked.map((one) => partOf(named.get(one.endToEndId) ?? [], one, read, httpStatus));
}

function partOf([said, ...more]: readonly Part[], asked: Asked, read: ReadAnswer, httpStatus: number | null): Exchange<BankAnswer> {
  if (said === undefined) return { answer: unknown('connection-lost', 'the list of answers does not name it'), httpStatus, response: null };
  const response = new TextEncoder().encode(JSON.stringify(more.length === 0 ? said : [said, ...more]));
  if (more.length > 0) return { answer: unknown('contradictory-answer', 'the list of answers names it twice'), httpStatus, response };
  const bytes = new TextEncoder().encode(JSON.stringify(said.body));
  return { answer: read({ ok: true, status: said.status, bytes }, asked), httpStatus: said.status, response };
}
