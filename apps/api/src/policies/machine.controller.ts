import { Controller, Get, Header, Inject, Param, Query } from '@nestjs/common';
import type { House } from '@tranche/casework';
import { picture } from '@tranche/machines';
import { z } from 'zod';
import { Operation } from '../http/operation.js';
import { HOUSE } from '../ports.js';
import { checkOf, policyCheck } from './kept-checks.js';
import { machineJson, machineSchema } from './machine-json.js';
import { versionOf } from './registry.js';

const versionPath = z.strictObject({ id: z.string().regex(/^[a-z0-9-]{1,80}$/), version: z.string().max(40) });
const versionQuery = z.strictObject({
  jurisdiction: z
    .string()
    .regex(/^CN(-\d{2,6})?$/)
    .optional(),
});
const diagramQuery = z.strictObject({ ...versionQuery.shape, lang: z.enum(['zh', 'en']).default('zh') });

@Controller('api/v1/policies/:id/versions/:version')
export class MachineController {
  constructor(@Inject(HOUSE) private readonly house: House) {}

  @Get('machine')
  @Operation({ summary: { zh: '流程(每一步附依据)', en: 'The machine: every arrow with its clause' }, answer: machineSchema })
  machine(
    @Param({ schema: versionPath }) path: z.infer<typeof versionPath>,
    @Query({ schema: versionQuery }) query: z.infer<typeof versionQuery>,
  ) {
    return machineJson(this.casePolicy(path, query.jurisdiction));
  }

  @Get('diagram')
  @Header('content-type', 'image/svg+xml; charset=utf-8')
  @Operation({ summary: { zh: '流程图', en: 'Diagram of the machine' }, media: 'image/svg+xml' })
  diagram(
    @Param({ schema: versionPath }) path: z.infer<typeof versionPath>,
    @Query({ schema: diagramQuery }) query: z.infer<typeof diagramQuery>,
  ): string {
    return picture(this.casePolicy(path, query.jurisdiction).machine, query.lang);
  }

  @Get('check')
  @Operation({
    summary: { zh: '状态机检查结果', en: 'What the last check of the machine found: rules, bounds, states, the shortest counter-example' },
    answer: policyCheck,
  })
  check(
    @Param({ schema: versionPath }) path: z.infer<typeof versionPath>,
    @Query({ schema: versionQuery }) query: z.infer<typeof versionQuery>,
  ) {
    const { policy, hash } = this.casePolicy(path, query.jurisdiction);
    return checkOf(policy, hash);
  }

  private casePolicy({ id, version }: z.infer<typeof versionPath>, jurisdiction: string | undefined) {
    const policy = versionOf(id, version, jurisdiction);
    return this.house.policies.of({ policyId: policy.id, policyVersion: policy.version, jurisdiction: policy.jurisdiction });
  }
}
