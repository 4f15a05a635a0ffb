import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HttpSettings } from '../config.js';
import { Caller, type SignedIn } from '../http/actor.js';
import { Operation } from '../http/operation.js';
import { Problem } from '../http/problem.js';
import { SETTINGS } from '../ports.js';
import { SessionStore } from '../sessions/session-store.js';
import { CaseChanges, type News } from './case-changes.js';

const streamsAtOnce = 1_000;
const streamsOfOne = 8;
/** a reader who takes nothing for so long that this much waits is cut off, and comes back where he was */
const waitingBytes = 64 * 1024;

/** Server-sent events: `cases` {moved: [{id, caseNo, version}]} or `reload` when there is too much to tell; the id resumes. */
@Controller('api/v1/events')
export class EventsController {
  constructor(
    private readonly changes: CaseChanges,
    private readonly sessions: SessionStore,
    @Inject(SETTINGS) private readonly settings: HttpSettings,
  ) {}

  @Get()
  @Operation({
    summary: { zh: '实时变动(SSE)', en: 'Live changes of the cases one may see, as server-sent events' },
    media: 'text/event-stream',
    problems: ['streams-exhausted'],
  })
  async stream(@Caller() caller: SignedIn, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { actor, tokenSha256 } = caller;
    if (this.changes.count >= streamsAtOnce || this.changes.countOf(actor.userId) >= streamsOfOne) throw new Problem('streams-exhausted');
    const known = request.headers['last-event-id'];
    const now = await this.changes.here();
    reply.hijack();
    const { raw } = reply;
    const headers = { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' };
    raw.shouldKeepAlive = false;
    raw.writeHead(200, { ...(reply.getHeaders() as Record<string, string>), ...headers });
    const say = (text: string) => void (raw.writableLength > waitingBytes ? raw.destroy() : raw.write(text));
    const end = () => void raw.end();
    const stop = this.changes.listen({ actor, tell: (news) => say(told(news)), end }, now);
    const beat = setInterval(() => {
      say(':\n\n');
      void this.sessions.holds(tokenSha256).then((holds) => holds || end(), end);
    }, this.settings.liveBeatMs).unref();
    raw.once('close', () => {
      clearInterval(beat);
      stop();
      // the reader has gone; nothing else may come this way, and a closing server does not wait for it
      request.raw.socket.destroy();
    });
    say(`retry: 3000\nid: ${now}\n\n`);
    await this.changes.missed(actor, typeof known === 'string' && known !== '' ? known : now).then((missed) => say(told(missed)), end);
  }
}

const told = ({ mark, moved }: News): string => {
  if (moved === 'everything') return `id: ${mark}\nevent: reload\ndata: {}\n\n`;
  return moved.length === 0 ? `id: ${mark}\n\n` : `id: ${mark}\nevent: cases\ndata: ${JSON.stringify({ moved })}\n\n`;
};
