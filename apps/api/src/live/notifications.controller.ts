import { Body, Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { formatInstant } from '@tranche/calendar';
import { type House, once } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { z } from 'zod';
import { instant, text, uuid } from '../fields/fields.js';
import { page, pageOf, paging } from '../fields/paging.js';
import { By } from '../http/actor.js';
import { type CommandKey, Key } from '../http/idempotency.js';
import { Operation } from '../http/operation.js';
import { answerOf } from '../http/outcome.js';
import { Problem } from '../http/problem.js';
import { HOUSE } from '../ports.js';

const notification = z
  .object({
    id: uuid,
    caseId: uuid.nullable(),
    caseNo: z.string().nullable(),
    kind: z.string(),
    text,
    recordedAt: instant,
    readAt: instant.nullable(),
  })
  .meta({ id: 'Notification' });
type Row = Omit<z.infer<typeof notification>, 'recordedAt' | 'readAt'> & { recordedAt: number; readAt: number | null };

const listQuery = z.strictObject({ ...paging, unread: z.enum(['true', 'false']).default('false') });
const read = z.strictObject({ ids: z.array(uuid).min(1).max(200) }).meta({ id: 'NotificationsRead' });

/** A page of what was told to these readers, with when this person read it. */
const told = (readers: string): string =>
  `(SELECT n.*, r.read_at FROM notifications n LEFT JOIN notification_reads r ON r.notification_id = n.id AND r.user_id = $7::uuid
     WHERE ${readers} AND ($1::timestamptz IS NULL OR (n.recorded_at, n.id) < ($1, $2::uuid)) AND ($3 = 'false' OR r.read_at IS NULL)
     ORDER BY n.recorded_at DESC, n.id DESC LIMIT $4)`;

/** What the house told this person's organisation or role: limits that come near, limits that passed. Each person reads for himself. */
@Controller('api/v1/notifications')
export class NotificationsController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get()
  @Operation({ summary: { zh: '通知', en: 'Notifications, newest first' }, answer: pageOf(notification), problems: ['cursor-invalid'] })
  async list(@By() actor: Actor, @Query({ schema: listQuery }) { limit, cursor, unread }: z.infer<typeof listQuery>) {
    const before = placeOf(cursor);
    const rows = await this.house.database.read<Row>(
      actor,
      `WITH n AS (SELECT * FROM (${told('n.organisation_id = $5::uuid')}
           UNION ALL ${told('n.audience_role = $6 AND ($5::uuid IS NULL OR n.organisation_id IS DISTINCT FROM $5::uuid)')}) n ORDER BY n.recorded_at DESC, n.id DESC LIMIT $4)
       SELECT n.id, n.case_id AS "caseId", c.case_no AS "caseNo", n.kind, jsonb_build_object('zh', n.text->>'zh', 'en', n.text->>'en') AS text,
         n.recorded_at AS "recordedAt", n.read_at AS "readAt"
       FROM n LEFT JOIN cases c ON c.id = n.case_id ORDER BY n.recorded_at DESC, n.id DESC`,
      [before?.at ?? null, before?.id ?? null, unread, limit + 1, actor.organisationId, actor.role, actor.userId],
    );
    return page(
      rows,
      limit,
      (row) => `${formatInstant(row.recordedAt)} ${row.id}`,
      (row) => ({ ...row, recordedAt: formatInstant(row.recordedAt), readAt: row.readAt === null ? null : formatInstant(row.readAt) }),
    );
  }

  @Post('read')
  @HttpCode(200)
  @Operation({ summary: { zh: '标为本人已读', en: 'Mark as read by oneself' }, answer: z.object({ read: z.int() }) })
  markRead(@By() actor: Actor, @Key() key: CommandKey, @Body({ schema: read }) { ids }: z.infer<typeof read>) {
    return answerOf(
      once(this.house, { actor, ...key }, async (tx) => {
        const { rowCount } = await tx.query(
          `INSERT INTO notification_reads (notification_id, user_id, read_at)
           SELECT n.id, $2::uuid, $3 FROM notifications n WHERE n.id = ANY ($1::uuid[]) ON CONFLICT DO NOTHING`,
          [ids, actor.userId, formatInstant(this.house.systemNow())],
        );
        return { read: rowCount ?? 0 };
      }),
    );
  }
}

/** Instant and id of the last one shown: notifications of one sweep share their instant. */
function placeOf(cursor: string | undefined): { readonly at: string; readonly id: string } | null {
  if (cursor === undefined) return null;
  const found = /^(\d{4}-[\d:.T+-]+) ([0-9a-f-]{36})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (found === null || Number.isNaN(Date.parse(found[1] ?? ''))) throw new Problem('cursor-invalid');
  return { at: found[1] ?? '', id: found[2] ?? '' };
}
