import { Controller, Get, Inject, Query } from '@nestjs/common';
import { type ContactRow, contactColumns, contactFor, type FieldKeys, type House } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { z } from 'zod';
import { date, json, uuid } from '../fields/fields.js';
import { afterId, page, pageOf, paging } from '../fields/paging.js';
import { By } from '../http/actor.js';
import { Operation } from '../http/operation.js';
import { HOUSE, KEYS } from '../ports.js';

const noticeState = z.enum(['posted', 'clear', 'withdrawn']);
const notice = z
  .object({
    id: uuid,
    caseId: uuid,
    caseNo: z.string(),
    publicNo: z.string(),
    noticeNo: z.int(),
    organisation: z.string(),
    postedOn: date,
    endsOn: date.nullable(),
    closedOn: date.nullable(),
    workingDays: z.int(),
    state: noticeState,
    /** exactly what the public reads */
    content: json,
    openObjections: z.int(),
  })
  .meta({ id: 'Notice' });
const objectionState = z.enum(['open', 'upheld', 'rejected']);
const objection = z
  .object({
    id: uuid,
    caseId: uuid,
    caseNo: z.string(),
    noticeNo: z.int(),
    receiptNo: z.string(),
    organisation: z.string(),
    ground: z.string(),
    /** how whoever objected may be reached, where they said so: in full for whoever decides or oversees, masked for others, removed 30 days after the decision */
    contact: z.object({ phone: z.string().nullable(), email: z.string().nullable(), masked: z.boolean() }).nullable(),
    raisedOn: date,
    state: objectionState,
    /** the day by which it must be decided */
    lastDay: date.nullable(),
    decision: z.string().nullable(),
    decidedOn: date.nullable(),
  })
  .meta({ id: 'Objection' });
type ObjectionRow = Omit<z.infer<typeof objection>, 'contact'> & ContactRow;
const noticeQuery = z.strictObject({ ...paging, caseId: uuid.optional(), state: noticeState.optional() });
const objectionQuery = z.strictObject({ ...paging, caseId: uuid.optional(), state: objectionState.optional() });

/** Public notices and objections as the office that runs them sees them. */
@Controller('api/v1')
export class ProceedingsController {
  constructor(
    @Inject(HOUSE) private readonly house: House,
    @Inject(KEYS) private readonly keys: FieldKeys,
  ) {}

  @Get('notices')
  @Operation({ summary: { zh: '公示(内部)', en: 'Notices with their course' }, answer: pageOf(notice), problems: ['cursor-invalid'] })
  async notices(@By() actor: Actor, @Query({ schema: noticeQuery }) { limit, cursor, caseId, state }: z.infer<typeof noticeQuery>) {
    const rows = await this.house.database.read<z.infer<typeof notice>>(
      actor,
      `SELECT n.id, n.case_id AS "caseId", c.case_no AS "caseNo", n.public_no AS "publicNo", n.notice_no AS "noticeNo", o.name AS organisation, n.posted_on AS "postedOn",
         n.ends_on AS "endsOn", n.closed_on AS "closedOn", n.working_days AS "workingDays", n.state, n.content,
         (SELECT count(*)::int FROM objections b WHERE b.case_id = n.case_id AND b.notice_no = n.notice_no AND b.state = 'open') AS "openObjections"
       FROM notices n JOIN cases c ON c.id = n.case_id JOIN organisations o ON o.id = n.organisation_id
       WHERE ($1::uuid IS NULL OR n.id < $1) AND ($3::uuid IS NULL OR n.case_id = $3) AND ($4::text IS NULL OR n.state = $4) ORDER BY n.id DESC LIMIT $2`,
      [afterId(cursor), limit + 1, caseId ?? null, state ?? null],
    );
    return page(
      rows,
      limit,
      (row) => row.id,
      (row) => row,
    );
  }

  @Get('objections')
  @Operation({ summary: { zh: '异议', en: 'Objections' }, answer: pageOf(objection), problems: ['cursor-invalid'] })
  async objections(
    @By() actor: Actor,
    @Query({ schema: objectionQuery }) { limit, cursor, caseId, state }: z.infer<typeof objectionQuery>,
  ) {
    const rows = await this.house.database.read<ObjectionRow>(
      actor,
      `SELECT b.id, b.case_id AS "caseId", c.case_no AS "caseNo", b.notice_no AS "noticeNo", b.receipt_no AS "receiptNo", o.name AS organisation, b.ground,
         b.raised_on AS "raisedOn", b.state, b.decision, b.decided_on AS "decidedOn", ${contactColumns},
         (SELECT d.last_day FROM deadlines d WHERE d.case_id = b.case_id AND d.key = 'objection:' || b.id ORDER BY d.set_seq DESC LIMIT 1) AS "lastDay"
       FROM objections b JOIN cases c ON c.id = b.case_id JOIN organisations o ON o.id = b.organisation_id LEFT JOIN objection_contacts k ON k.objection_id = b.id
       WHERE ($1::uuid IS NULL OR b.id < $1) AND ($3::uuid IS NULL OR b.case_id = $3) AND ($4::text IS NULL OR b.state = $4) ORDER BY b.id DESC LIMIT $2`,
      [afterId(cursor), limit + 1, caseId ?? null, state ?? null],
    );
    return page(
      rows,
      limit,
      (row) => row.id,
      ({ keyId, phoneCipher, phoneMasked, emailCipher, emailMasked, ...row }) => ({
        ...row,
        contact: contactFor(this.keys, actor.role, row.id, { keyId, phoneCipher, phoneMasked, emailCipher, emailMasked }),
      }),
    );
  }
}
