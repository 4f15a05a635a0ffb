import type { Text } from '@tranche/policies';

/** What can be wrong, from the chain outwards; a report is ordered by it. */
export const findingKinds = [
  'event-missing',
  'event-changed',
  'head-differs',
  'case-row-differs',
  'terms-differ',
  'facts-differ',
  'stamp-differs',
  'machine-unknown',
  'event-refused',
  'snapshot-differs',
  'duties-differ',
  'postings-differ',
  'balance-differs',
  'disbursements-differ',
  'recoveries-differ',
  'deadlines-differ',
  'tasks-differ',
  'notices-differ',
  'holds-differ',
  'claims-differ',
  'quotas-differ',
  'lists-differ',
  'evidence-differs',
  'answers-differ',
  'calendar-differs',
  'papers-differ',
  'files-differ',
  'rows-without-case',
  'posting-unbalanced',
  'account-balance-differs',
  'fund-differs',
  'transfer-differs',
  'checkpoint-chain',
  'checkpoint-signature',
  'checkpoint-file',
  'witness-case-missing',
  'witness-event-differs',
] as const;
export type FindingKind = (typeof findingKinds)[number];

/** One thing that is not what it must be, and where. Never a person's data. */
export type Finding = {
  readonly kind: FindingKind;
  readonly text: Text;
  readonly caseId?: string;
  readonly caseNo?: string;
  readonly seq?: number;
  /** the table whose row it is, where one row is named */
  readonly table?: string;
};

export const findingLabels: Readonly<Record<FindingKind, Text>> = {
  'event-missing': { zh: '事件缺失或顺序不连续', en: 'Events are missing or out of order' },
  'event-changed': { zh: '事件内容与其哈希不符', en: 'An event is not what was sealed' },
  'head-differs': { zh: '案件版本或链首与最后一个事件不符', en: 'Version or head hash is not that of the last event' },
  'case-row-differs': { zh: '案件登记信息与立案事件不符', en: 'The case row is not what its events say' },
  'terms-differ': { zh: '立案时确定的参数缺失或被改动', en: 'The parameters promised to a case are gone or changed' },
  'facts-differ': { zh: '申报要素与事件不符', en: 'Facts are not those of the events' },
  'stamp-differs': { zh: '规则计算结果无法重现', en: 'A stamp is not what the rules give' },
  'machine-unknown': { zh: '未结案件的流程不在本版本中', en: 'An open case runs on a machine this release does not have' },
  'event-refused': { zh: '流程重放时拒绝了某事件', en: 'The machine refuses an event on replay' },
  'snapshot-differs': { zh: '案件状态与重放结果不符', en: 'State is not what the events lead to' },
  'duties-differ': { zh: '岗位职责记录与事件不符', en: 'Duties are not those of the events' },
  'postings-differ': { zh: '记账凭证与事件不符', en: 'Postings are not those of the events' },
  'balance-differs': { zh: '案件账面余额与资金状态不符', en: 'The case’s balances are not its standing' },
  'disbursements-differ': { zh: '拨付记录与事件不符', en: 'Disbursements are not those of the events' },
  'recoveries-differ': { zh: '追回记录与事件不符', en: 'Recoveries are not those of the events' },
  'deadlines-differ': { zh: '办结时限与事件不符', en: 'Time limits are not those of the events' },
  'tasks-differ': { zh: '待办与事件不符', en: 'To-dos are not those of the events' },
  'notices-differ': { zh: '公示或异议与事件不符', en: 'Public notices or objections are not those of the events' },
  'holds-differ': { zh: '暂停记录与事件不符', en: 'Holds are not those of the events' },
  'claims-differ': { zh: '重复享受占用与事件不符', en: 'Exclusion claims are not those of the events' },
  'quotas-differ': { zh: '限额已用数与占用合计不符', en: 'What a cap has used is not the sum of its claims' },
  'lists-differ': { zh: '班级、名单、考勤或考核结果与事件不符', en: 'Class, people, attendance or results are not those of the events' },
  'evidence-differs': { zh: '佐证材料与事件或其哈希不符', en: 'Evidence is not that of the events, or not what was hashed' },
  'answers-differ': { zh: '已答复的请求与事件不符', en: 'Stored answers are not those of the events' },
  'calendar-differs': { zh: '工作日历与批准的放假安排不符', en: 'The calendar is not the arrangements that were approved' },
  'papers-differ': { zh: '登记事项与两人批准的文件不符', en: 'What stands registered is not what two people approved' },
  'files-differ': { zh: '银行文件或其逐行记录与其哈希、合计不符', en: 'A bank file or its lines are not what was hashed or counted' },
  'rows-without-case': { zh: '存在不属于任何案件的记录', en: 'Rows belong to no case' },
  'posting-unbalanced': { zh: '凭证不平或科目不符', en: 'A posting is unbalanced or on foreign accounts' },
  'account-balance-differs': { zh: '科目余额与分录合计不符', en: 'An account balance is not the sum of its entries' },
  'fund-differs': { zh: '资金指标与凭证不符', en: 'A fund’s budget is not what its papers say' },
  'transfer-differs': { zh: '转账与拨付不符', en: 'A transfer is not that of its disbursement' },
  'checkpoint-chain': { zh: '检查点链不连续', en: 'The chain of checkpoints is broken' },
  'checkpoint-signature': { zh: '检查点签名无效', en: 'A checkpoint’s signature does not hold' },
  'checkpoint-file': { zh: '检查点文件缺失或不符', en: 'A checkpoint file is missing or differs' },
  'witness-case-missing': { zh: '检查点中的案件已不存在', en: 'A case of a checkpoint is gone' },
  'witness-event-differs': { zh: '检查点中的事件已缺失或改变', en: 'An event of a checkpoint is gone or changed' },
};

/** Collects findings: all are counted, a bounded number per kind is kept. */
export class Findings {
  private readonly kept = new Map<FindingKind, Finding[]>();
  private readonly counts = new Map<FindingKind, number>();

  constructor(private readonly keepPerKind: number) {}

  add(...found: readonly Finding[]): void {
    for (const finding of found) {
      const count = (this.counts.get(finding.kind) ?? 0) + 1;
      this.counts.set(finding.kind, count);
      if (count > this.keepPerKind) continue;
      const list = this.kept.get(finding.kind);
      if (list) list.push(finding);
      else this.kept.set(finding.kind, [finding]);
    }
  }

  get total(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** How many of each kind, in the order of a report. */
  byKind(): Partial<Record<FindingKind, number>> {
    return Object.fromEntries(findingKinds.flatMap((kind) => (this.counts.has(kind) ? [[kind, this.counts.get(kind)]] : [])));
  }

  list(): Finding[] {
    return findingKinds.flatMap((kind) => this.kept.get(kind) ?? []);
  }
}
