import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { approveCalendarYear, calendarChange, forTheHouse, type House, proposeCalendarYear, rejectCalendarYear } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { z } from 'zod';
import { type IdPath, idPath, uuid } from '../fields/fields.js';
import { afterId, page, pageOf, paging } from '../fields/paging.js';
import { By } from '../http/actor.js';
import { type CommandKey, Key } from '../http/idempotency.js';
import { Operation } from '../http/operation.js';
import { answerOf, found } from '../http/outcome.js';
import { sourceOf } from '../parties/parameter.view.js';
import { HOUSE } from '../ports.js';
import {
  type CalendarProposalView,
  calendarApproval,
  calendarChanged,
  calendarProposal,
  calendarProposalColumns,
  calendarProposalDetail,
  calendarRejection,
  newCalendarYear,
} from './calendar-proposal.view.js';

const listQuery = z.strictObject({ ...paging });

/** Years of the State Council calendar: proposed by one person, put in force by another who has seen what moves. */
@Controller('api/v1/calendar/proposals')
export class CalendarProposalsController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get()
  @Operation({
    summary: { zh: '放假安排的提议与决定', en: 'Proposed years of the calendar, and what became of them' },
    answer: pageOf(calendarProposal),
    problems: ['cursor-invalid'],
  })
  async list(@By() actor: Actor, @Query({ schema: listQuery }) { limit, cursor }: z.infer<typeof listQuery>) {
    const rows = await this.house.database.read<CalendarProposalView>(
      actor,
      `SELECT ${calendarProposalColumns} FROM calendar_proposals WHERE ($1::uuid IS NULL OR id < $1) ORDER BY id DESC LIMIT $2`,
      [afterId(cursor), limit + 1],
    );
    return page(
      rows,
      limit,
      (row) => row.id,
      (row) => row,
    );
  }

  @Get(':id')
  @Operation({
    summary: { zh: '一份放假安排，及其改变的日期和时限', en: 'A proposed year with the days and time limits it moves' },
    answer: calendarProposalDetail,
  })
  async show(@By() actor: Actor, @Param({ schema: idPath }) { id }: IdPath) {
    const [row] = await this.house.database.read<CalendarProposalView>(
      actor,
      `SELECT ${calendarProposalColumns} FROM calendar_proposals WHERE id = $1`,
      [id],
    );
    const known = found(row);
    if (known.state !== 'proposed') return { ...known, touched: null };
    return { ...known, touched: await this.house.database.transaction(forTheHouse(actor), (tx) => calendarChange(tx, known)) };
  }

  @Post()
  @Operation({
    summary: { zh: '提出国务院放假安排(待另一人批准)', en: 'Propose a year of the State Council calendar (another person approves)' },
    answer: z.object({ id: uuid, touched: calendarChanged }),
    problems: ['data-invalid', 'already-exists'],
  })
  propose(@By() actor: Actor, @Key() key: CommandKey, @Body({ schema: newCalendarYear }) body: z.infer<typeof newCalendarYear>) {
    return answerOf(proposeCalendarYear(this.house, { actor, ...key }, { ...body, cite: sourceOf(body.cite) }));
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Operation({
    summary: { zh: '看过改变的日期和时限后批准放假安排', en: 'Approve a year after looking at the days and time limits it moves' },
    answer: z.object({ id: uuid, state: z.literal('approved'), touched: z.int() }),
    problems: ['four-eyes-required', 'already-decided', 'preview-required'],
  })
  async approve(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: calendarApproval }) { touchedSha256 }: z.infer<typeof calendarApproval>,
  ) {
    const done = await answerOf(approveCalendarYear(this.house, { actor, ...key }, id, touchedSha256));
    // the worker computes every running deadline anew when the calendar's revision has grown
    this.house.wake('deadlines');
    return done;
  }

  @Post(':id/reject')
  @HttpCode(200)
  @Operation({
    summary: { zh: '不批准放假安排并说明理由,或撤回自己的提议', en: 'Turn a year down and say why, or take back the own proposal' },
    answer: z.object({ id: uuid, state: z.literal('rejected') }),
    problems: ['already-decided'],
  })
  reject(
    @By() actor: Actor,
    @Key() key: CommandKey,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: calendarRejection }) { reason }: z.infer<typeof calendarRejection>,
  ) {
    return answerOf(rejectCalendarYear(this.house, { actor, ...key }, id, reason));
  }
}
