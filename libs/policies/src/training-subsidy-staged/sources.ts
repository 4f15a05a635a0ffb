import type { Cite, Text } from '../policy.js';

/** The verbatim words of a document that the policy stands on. */
export type Quotes = {
  readonly first: string;
  readonly second: string;
  readonly remainder: string;
  readonly recovery: string;
  readonly action: string;
  readonly office: string;
};
export type Source = { readonly doc: string; readonly clause: string; readonly quotes: Quotes };

/** 大人社发〔2020〕391号, clause 七. */
export const dalian: Source = {
  doc: '大人社发〔2020〕391号《全力做好当前促进和扩大就业有关工作的通知》',
  clause: '七',
  quotes: {
    first: '在培训机构开展培训后 10 个工作日内，按照预计补贴数额的 50% 预拨资金',
    second: '培训达到正常进度一半时再拨付 25%',
    remainder: '培训结束验收合格并经公示无异议后，5 个工作日内拨付剩余补贴资金',
    recovery: '对未通过验收的，据实收回预拨的资金',
    action: '加快推进职业技能提升行动',
    office: '各区市县、先导区人力资源和社会保障局、财政局，各公共就业服务机构：',
  },
};

/** 辽政办发〔2020〕25号, clause （十二）. The number is not printed in the published text; the Dalian notice names it. */
export const liaoning: Source = {
  doc: '辽政办发〔2020〕25号《全力做好当前促进和扩大就业工作的若干举措》',
  clause: '（十二）',
  quotes: {
    first: '在培训机构开展培训后10个工作日内，按照预计补贴数额的50%预拨资金',
    second: '培训达到正常进度一半时再拨付25%',
    remainder: '培训结束验收合格并经公示无异议后，5个工作日内拨付剩余补贴资金',
    recovery: '对未通过验收的，据实收回预拨的资金',
    action: '加快推进职业技能提升行动',
    office: '（责任单位：省人力资源社会保障厅、省财政厅）',
  },
};

/** How a statement of the policy is grounded in one document. */
export type Grounds = {
  readonly stated: (quote: keyof Quotes) => Cite;
  readonly inferred: (quote: keyof Quotes, note: Text) => Cite;
  readonly open: (note: Text) => Cite;
};

export const groundsOf = ({ doc, clause, quotes }: Source): Grounds => ({
  stated: (quote) => ({ doc, clause, basis: 'stated', quote: quotes[quote] }),
  inferred: (quote, note) => ({ doc, clause, basis: 'inferred', quote: quotes[quote], note }),
  open: (note) => ({ doc, clause, basis: 'open', note }),
});
