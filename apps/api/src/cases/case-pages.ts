import { Inject, Injectable } from '@nestjs/common';
import type { House } from '@tranche/casework';
import { type Actor, settingActor } from '@tranche/database';
import type { FastifyRequest } from 'fastify';
import type { HttpSettings } from '../config.js';
import type { SignedIn } from '../http/actor.js';
import { Recent } from '../kept/recent.js';
import { HOUSE, SETTINGS } from '../ports.js';
import { SessionStore, seenEveryMs } from '../sessions/session-store.js';
import { caseDetail } from './case-detail.js';

/** A page as it was sent, and the mark it was made under. */
type Page = { readonly mark: string; readonly json: Buffer };
const weightOf = ({ json }: Page): number => json.length;

/** Pages kept by one process, in bytes; a page is some 14 kB. */
const keptBytes = 32 * 1024 * 1024;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * One statement proves again, for every request, that the session holds and is still this person's, in this role, and that row
 * security shows the case to him; only then does it tell the case's mark. Somebody else's settings cannot help: they end with the
 * statement. A session that no longer is what was kept of it finds nothing, and the ordinary way says why.
 *
 * The mark: the transactions that wrote the case's row and each of its deadlines. Facts and duties are written by events only, and an
 * event writes the case's row; terms, policy and machine hang on that row; nothing else is on the page.
 */
const prove = {
  name: 'prove_case_page',
  text: `SELECT session.unseen, page.mark
    FROM (SELECT ${settingActor}, $5::bytea AS token, $9::uuid AS case_id OFFSET 0) actor
    CROSS JOIN LATERAL (
      SELECT s.last_seen_at < $8 AS unseen, actor.case_id FROM sessions s JOIN users u ON u.id = s.user_id
       WHERE s.token_sha256 = actor.token AND s.revoked_at IS NULL AND s.expires_at > $6 AND s.last_seen_at > $7 AND u.status = 'active'
         AND u.id::text = $1 AND u.role = $2 AND coalesce(u.organisation_id::text, '') = $3 AND coalesce(u.district, '') = $4
      OFFSET 0) session
    CROSS JOIN LATERAL (
      SELECT c.xmin::text || ':' || coalesce((SELECT string_agg(d.xmin::text, ' ') FROM deadlines d WHERE d.case_id = c.id), '') AS mark
        FROM cases c WHERE c.id = session.case_id
      OFFSET 0) page`,
};

/** Cases as they are shown, kept as sent. Nothing kept is shown unless the database has just said that it may be, and that it still holds. */
@Injectable()
export class CasePages {
  private readonly pages = new Recent<Page>(keptBytes, weightOf);
  private readonly marks = new WeakMap<FastifyRequest, string>();

  constructor(
    @Inject(HOUSE) private readonly house: House,
    @Inject(SETTINGS) private readonly settings: HttpSettings,
    private readonly sessions: SessionStore,
  ) {}

  /** Who asks for this page, when one look at the database proves the session and the sight of the case; null: ask the ordinary way. */
  async callerOf(request: FastifyRequest, token: string): Promise<SignedIn | null> {
    const { id } = request.params as { readonly id: string };
    const known = this.sessions.lastKnown(token);
    if (known === undefined || !uuid.test(id)) return null;
    const nowMs = this.house.systemNow();
    const [row] = await this.house.database.readAlone<{ unseen: boolean; mark: string }>(known.actor, prove, [
      known.tokenSha256,
      new Date(nowMs).toISOString(),
      new Date(nowMs - this.settings.sessionIdleMs).toISOString(),
      new Date(nowMs - seenEveryMs).toISOString(),
      id,
    ]);
    if (row === undefined) return null;
    if (row.unseen) await this.sessions.seen(known.tokenSha256, nowMs);
    this.marks.set(request, row.mark);
    return known;
  }

  /** The page as JSON. A page made after its mark was read, and found under the same mark later, is the page of that mark. */
  async show(request: FastifyRequest, actor: Actor, id: string): Promise<Buffer> {
    const mark = this.marks.get(request);
    const key = `${id} ${actor.userId} ${actor.role}`;
    const kept = mark === undefined ? undefined : this.pages.get(key);
    if (kept !== undefined && kept.mark === mark) return kept.json;
    const json = Buffer.from(JSON.stringify(await caseDetail(this.house, actor, id)));
    if (mark !== undefined) this.pages.set(key, { mark, json });
    return json;
  }
}
