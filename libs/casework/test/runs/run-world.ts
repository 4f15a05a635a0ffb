import { createHash } from 'node:crypto';
import { expect } from '@jest/globals';
import {
  advanceRuns,
  approveList,
  beginRun,
  confirmList,
  type Extract,
  type House,
  type ListContent,
  previewRun,
  type RunLine,
  readLines,
  sha256Of,
} from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { usccCheck } from '@tranche/identifiers';
import type { Role } from '@tranche/policies';
import { v7 } from 'uuid';
import { inventId, sealing } from '../../../../test/support/any-case.js';
import type { World } from '../../../../test/support/world.js';

export const direct = 'refund-direct-pay-micro';

/** A line of an extract; what is left out is a sound micro firm of ten. */
export type Firm = Partial<Record<keyof typeof sound, string>>;
const sound = {
  uscc: '',
  name: '大连样安商贸有限公司',
  district: '210200',
  firmSize: '微型',
  insured: '是',
  affectedByEpidemic: '否',
  insuredHeadcount: '10',
  staff: '10',
  benefitClaimants: '0',
  netDecrease: '0',
  employer: '5000.00',
  employee: '5000',
  inBusiness: '是',
  dishonest: '否',
  holderName: '大连样安商贸有限公司',
  accountNo: '6228000000000000001',
  bankNo: '102100099996',
  bankName: '示例银行大连分行',
  accountKnown: '是',
};
const headers: Record<keyof typeof sound, string> = {
  uscc: '统一社会信用代码',
  name: '企业名称',
  district: '所属区划代码',
  firmSize: '企业规模',
  insured: '已参加失业保险',
  affectedByEpidemic: '受疫情影响',
  insuredHeadcount: '上年度平均参保人数',
  staff: '上年度平均职工总数',
  benefitClaimants: '上年度领取失业保险金人数',
  netDecrease: '上年度参保人数净减少数',
  employer: 'employerPremiumsFen（元）',
  employee: '上年度职工实缴失业保险费（元）',
  inBusiness: '在营',
  dishonest: '列入严重失信名单',
  holderName: '开户名称',
  accountNo: '银行账号',
  bankNo: '开户行行号',
  bankName: '开户银行',
  accountKnown: '账户已核验',
};
const fields = Object.keys(sound) as (keyof typeof sound)[];

/** The n-th invented credit code: well formed, its check character right. */
export function code(n: number): string {
  const first = `91210200MA${String(n).padStart(7, '0')}`;
  return first + usccCheck(first);
}

export const headerLine = fields.map((field) => headers[field]).join(',');
export const lineOf = (n: number, firm: Firm = {}): string =>
  fields.map((field) => firm[field] ?? (field === 'uscc' ? code(n) : sound[field])).join(',');
/** An extract of these lines, the first in row 2. */
export const csv = (lines: readonly string[], header = headerLine): string => `${[header, ...lines].join('\r\n')}\r\n`;
export const sounds = (count: number, from = 1): string[] => Array.from({ length: count }, (_, index) => lineOf(from + index));

export const peopleHeader = '身份证号,姓名,所属区划代码,启动月份领取失业保险金或失业补助金,银行账号,开户行行号,开户银行,账户已核验';
/** A line about the n-th invented person, who drew the benefit and has a verified account. */
export const personLine = (
  n: number,
  {
    id = inventId(n),
    name = '张样明',
    draws = '是',
    account = `9558${n}`,
    holder = '',
  }: Partial<Record<'id' | 'name' | 'draws' | 'account' | 'holder', string>> = {},
): string => [id, name, '210200', draws, account, '102100099996', '示例银行', '是', ...(holder === '' ? [] : [holder])].join(',');

/** Received in pieces, as from a wire. */
export function extractOf(text: string, piece = 700): Extract {
  const bytes = Buffer.from(text);
  return {
    fileName: 'extract.csv',
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    encoding: 'utf-8',
    open: async function* () {
      for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
    },
  };
}

export const asked = (actor: Actor, key = v7()) => ({ actor, key, requestSha256: sha256Of({ key }) });

export function answerOf<T>(outcome: { readonly ok: true; readonly answer: T } | { readonly ok: false }): T {
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome)}`);
  return outcome.answer;
}

/** The steps of a run by the sandbox's people. */
export class Story {
  constructor(
    readonly world: World,
    readonly house: House = world.house,
  ) {}

  begin = (text: string, role: Role = 'officer') =>
    beginRun(this.house, asked(this.world.by(role)), { policyId: direct, jurisdiction: 'CN-2102', extract: extractOf(text) }, sealing);

  async screened(text: string): Promise<string> {
    const { id } = answerOf(await this.begin(text));
    await advanceRuns(this.house, 'test');
    return id;
  }

  lines = (runId: string): Promise<RunLine[]> => readLines(this.house, this.world.by('supervisor'), runId, { limit: 1000 });

  async list(runId: string, state: ListContent['state'] = 'open'): Promise<ListContent> {
    const { lists } = await previewRun(this.house, this.world.by('supervisor'), runId);
    const found = lists.find((each) => each.state === state);
    expect(lists.map((each) => each.state)).toContain(state);
    return found as ListContent;
  }

  async confirmed(runId: string): Promise<string> {
    const { contentHash } = await this.list(runId);
    answerOf(await confirmList(this.house, asked(this.world.by('reviewer')), { runId, contentHash }));
    return contentHash;
  }

  async approved(runId: string): Promise<void> {
    const contentHash = await this.confirmed(runId);
    answerOf(await approveList(this.house, asked(this.world.by('approver')), { runId, contentHash }));
  }

  async opened(text: string): Promise<string> {
    const runId = await this.screened(text);
    await this.approved(runId);
    await advanceRuns(this.house, 'test');
    return runId;
  }
}
