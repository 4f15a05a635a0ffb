import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { type House, packetFormat, packetPage, readPacket } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type IdPath, idPath, json, uuid } from '../fields/fields.js';
import { By } from '../http/actor.js';
import { Operation } from '../http/operation.js';
import { found } from '../http/outcome.js';
import { HOUSE } from '../ports.js';

const packet = z
  .object({
    format: z.literal(packetFormat),
    caseId: uuid,
    caseNo: z.string(),
    audience: z.enum(['oversight', 'applicant']),
    payment: z.string().nullable(),
    record: json,
    story: json,
    witnesses: json,
    informative: z.array(z.string()),
    seal: z.object({ algorithm: z.string(), sha256: z.string() }),
  })
  .meta({ id: 'Packet', description: '以 tranche packet verify 离线核对 · checked offline by tranche packet verify' });

const query = z.strictObject({
  /** one payment of the case; all when absent */
  payment: z.string().min(1).max(80).optional(),
  /** the lines of the case exactly as they were signed, with accounts and the way to what was signed; for who oversees */
  lines: z.literal('signed').optional(),
});
type PacketQuery = z.infer<typeof query>;

/** One payment with everything it stood on, to be checked without us. What a person gets is what row security shows him. */
@Controller('api/v1/cases/:id')
export class PacketController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get('packet')
  @Operation({ summary: { zh: '审计包(可离线核对)', en: 'Audit packet, to be checked offline' }, answer: packet })
  async packet(
    @By() actor: Actor,
    @Param({ schema: idPath }) { id }: IdPath,
    @Query({ schema: query }) asked: PacketQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const content = await this.read(actor, id, asked);
    await reply
      .header('content-type', 'application/json; charset=utf-8')
      .header('content-disposition', named(content.caseNo, 'json'))
      .send(`${JSON.stringify(content, null, 1)}\n`);
  }

  @Get('packet.html')
  @Operation({ summary: { zh: '审计包(供阅读)', en: 'Audit packet, to be read' }, media: 'text/html' })
  async page(
    @By() actor: Actor,
    @Param({ schema: idPath }) { id }: IdPath,
    @Query({ schema: query }) asked: PacketQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const content = await this.read(actor, id, asked);
    await reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-disposition', named(content.caseNo, 'html'))
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
      .send(packetPage(content));
  }

  private async read(actor: Actor, caseId: string, { payment, lines }: PacketQuery) {
    return found(await readPacket(this.house, actor, { caseId, payment: payment ?? null, signedLines: lines === 'signed' }));
  }
}

const named = (caseNo: string, kind: string): string => `inline; filename*=UTF-8''${encodeURIComponent(`packet-${caseNo}.${kind}`)}`;
