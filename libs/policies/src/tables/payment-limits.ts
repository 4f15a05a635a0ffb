import { type Document, groundsIn, text } from '../documents/document.js';
import { dalian391, liaoning25 } from '../documents/texts.js';
import type { Cel, Due, Fact, Parameter, Text } from '../policy.js';
import { caseFacts } from './case-facts.js';
import { metBy } from './met-by.js';

/** What a policy takes over so that enterprises are paid within five working days and everybody else within the office's own limit. */
export type PaymentLimits = {
  readonly facts: Readonly<Record<'payeeKind', Fact>>;
  readonly parameters: readonly Parameter[];
  readonly conditions: Readonly<Record<'enterpriseFirst', Cel>>;
  readonly conditionLabels: Readonly<Record<'enterpriseFirst', Text>>;
  /** the limit, counted from `received`, `filed`, `approved` … */
  readonly due: (from: string) => Due;
  readonly timeLimit: Text;
  readonly timeLimitCite: Due['cite'];
};

/**
 * 「对符合条件的企业于收到申报5个工作日内拨付资金」, in both documents of November 2020: statutory for enterprises that apply from
 * then on; for others, and before, the office's own limit.
 */
export function paymentLimits(document: Document): PaymentLimits {
  const source = document === liaoning25 ? groundsIn(liaoning25, '（二十）') : groundsIn(dalian391, '十二');
  const stated = source.stated('对符合条件的企业于收到申报5个工作日内拨付资金');
  const own = source.open(
    text(
      '文件只规定企业的拨付时限；其他申报人为内部时限。',
      'The document binds payments to enterprises only; for others the limit is internal.',
    ),
  );
  return {
    facts: { payeeKind: caseFacts.payeeKind },
    parameters: [
      {
        key: 'enterpriseLimitFrom',
        label: text('企业5个工作日时限的适用起始日', 'first day of the five-day limit for enterprises'),
        value: source.document.issuedOn,
        from: '2020-01-01',
        cite: source.inferred(
          '对符合条件的企业于收到申报5个工作日内拨付资金',
          text('自文件印发之日起收到的申报适用。', 'Binds applications received from the day the document was issued.'),
        ),
      },
      {
        key: 'individualSla',
        label: text('非企业申报的内部拨付时限（工作日）', 'internal limit for others (working days)'),
        value: 10,
        from: '2020-01-01',
        range: { least: 1, most: 60 },
        cite: own,
      },
      metBy(source),
    ],
    conditions: { enterpriseFirst: "payeeKind == 'enterprise' && receivedOn >= p.enterpriseLimitFrom" },
    conditionLabels: {
      enterpriseFirst: text('申报人为企业，适用5个工作日时限', 'the applicant is an enterprise: the five-day limit binds'),
    },
    due: (from) => ({
      count: 5,
      unit: 'workingDays',
      from,
      kind: 'statutory',
      when: 'enterpriseFirst',
      otherwise: { count: { parameter: 'individualSla' }, unit: 'workingDays', from, kind: 'service', cite: own },
      cite: stated,
    }),
    timeLimit: text(
      '企业：收到申报后5个工作日内拨付；其他申报人：10个工作日内（内部时限）',
      'enterprises: paid within 5 working days of receipt; others: within 10 working days (internal limit)',
    ),
    timeLimitCite: stated,
  };
}
