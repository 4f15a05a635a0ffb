import type { Cite, Policy, Text } from './policy.js';

export type DiffSection =
  | 'window'
  | 'payee'
  | 'office'
  | 'rules'
  | 'amounts'
  | 'parameters'
  | 'facts'
  | 'plan'
  | 'exclusions'
  | 'funds'
  | 'papers';

/** One side of a row: what the version says, and under which clause. */
export type DiffSide = { readonly says: Readonly<Record<string, unknown>>; readonly cite: Cite | null };
/**
 * One thing that one or both versions say. `same` compares what is said, not where: quotes and clauses of two documents always differ.
 * `fields` names what differs.
 */
export type DiffRow = {
  readonly id: string;
  readonly label: Text;
  readonly status: 'same' | 'changed' | 'onlyFrom' | 'onlyTo';
  readonly fields: readonly string[];
  readonly from: DiffSide | null;
  readonly to: DiffSide | null;
};
export type DiffVersion = Pick<Policy, 'id' | 'version' | 'jurisdiction' | 'title' | 'issuedOn' | 'cite'>;
export type PolicyDiff = {
  readonly from: DiffVersion;
  readonly to: DiffVersion;
  readonly counts: Readonly<Record<DiffRow['status'], number>>;
  readonly sections: readonly { readonly section: DiffSection; readonly label: Text; readonly rows: readonly DiffRow[] }[];
};

const LABELS: Readonly<Record<DiffSection, Text>> = {
  window: { zh: '执行期', en: 'window' },
  payee: { zh: '补贴对象', en: 'who is paid' },
  office: { zh: '受理机构与办理时限', en: 'accepting office and time limit' },
  rules: { zh: '条件', en: 'rules' },
  amounts: { zh: '金额', en: 'amounts' },
  parameters: { zh: '参数', en: 'parameters' },
  facts: { zh: '所需事实', en: 'facts needed' },
  plan: { zh: '拨付安排', en: 'plan' },
  exclusions: { zh: '不重复享受', en: 'exclusions' },
  funds: { zh: '资金来源', en: 'funds' },
  papers: { zh: '材料', en: 'papers' },
};

/** Two versions of a policy side by side, clause by clause: rules, amounts, parameters, plan, window, papers. */
export function diffPolicies(from: Policy, to: Policy): PolicyDiff {
  const [before, after] = [statementsOf(from), statementsOf(to)];
  const sections = (Object.keys(LABELS) as DiffSection[]).map((section) => ({
    section,
    label: LABELS[section],
    rows: rowsOf(
      before.filter((each) => each.section === section),
      after.filter((each) => each.section === section),
    ),
  }));
  const counts = { same: 0, changed: 0, onlyFrom: 0, onlyTo: 0 };
  for (const { status } of sections.flatMap(({ rows }) => rows)) counts[status] += 1;
  return { from: versionOf(from), to: versionOf(to), counts, sections };
}

const versionOf = ({ id, version, jurisdiction, title, issuedOn, cite }: Policy): DiffVersion => ({
  id,
  version,
  jurisdiction,
  title,
  issuedOn,
  cite,
});

type Statement = { readonly section: DiffSection; readonly id: string; readonly label: Text } & DiffSide;

function rowsOf(before: readonly Statement[], after: readonly Statement[]): DiffRow[] {
  const ids = [...new Set([...before, ...after].map(({ id }) => id))];
  return ids.map((id) =>
    rowOf(
      id,
      before.find((each) => each.id === id),
      after.find((each) => each.id === id),
    ),
  );
}

function rowOf(id: string, a: Statement | undefined, b: Statement | undefined): DiffRow {
  const fields = a && b ? differing(a.says, b.says) : [];
  const side = (each: Statement | undefined): DiffSide | null => (each ? { says: each.says, cite: each.cite } : null);
  const status = a && b ? (fields.length > 0 ? 'changed' : 'same') : a ? 'onlyFrom' : 'onlyTo';
  return { id, label: (b ?? a)!.label, status, fields, from: side(a), to: side(b) };
}

const differing = (a: DiffSide['says'], b: DiffSide['says']): string[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => sortedJson(a[key]) !== sortedJson(b[key]));

/** JSON whose keys are in order, so that two ways of writing one thing are the same. */
const sortedJson = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([x], [y]) => (x < y ? -1 : 1)))
      : inner,
  ) ?? '';

/** What a part says, without where it stands: citations inside it are left out, the words shown to people too. */
function saying(part: object, ...apart: readonly string[]): Readonly<Record<string, unknown>> {
  const left = ['id', 'key', 'cite', 'label', 'name', 'reason', ...apart];
  return Object.fromEntries(Object.entries(part).flatMap(([key, value]) => (left.includes(key) ? [] : [[key, withoutCites(value)]])));
}

const withoutCites = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutCites);
  const kept = Object.entries(value).filter(([key]) => key !== 'cite' && !key.endsWith('Cite'));
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutCites(inner)]));
};

const text = (zh: string, en: string): Text => ({ zh, en });

function statementsOf(policy: Policy): Statement[] {
  const { window, payee, office, officeCite, timeLimit, timeLimitCite, cite, rules, amounts, parameters, facts, funds, evidence } = policy;
  const one = (section: DiffSection, id: string, label: Text, says: DiffSide['says'], where: Cite | null): Statement => ({
    section,
    id,
    label,
    // a figure that one document states and the other leaves open is not the same
    says: where ? { ...says, basis: where.basis } : says,
    cite: where,
  });
  return [
    one(
      'window',
      'window',
      LABELS.window,
      { issuedOn: policy.issuedOn, from: window.from, until: window.until ?? null, anchor: window.anchor },
      cite,
    ),
    one('payee', 'payee', LABELS.payee, { kinds: payee, means: policy.means ?? 'transfer' }, cite),
    one('office', 'office', text('受理机构', 'accepting office'), { office }, officeCite),
    one('office', 'timeLimit', text('办理时限', 'time limit'), { timeLimit }, timeLimitCite),
    ...rules.map((rule) => one('rules', rule.id, rule.reason, saying(rule), rule.cite)),
    ...Object.entries(amounts).map(([id, amount]) => one('amounts', id, amount.label, saying(amount), amount.cite)),
    ...parameters.map((each) =>
      one(
        'parameters',
        [each.key, each.scope ?? '', each.shared ? (each.from ?? '') : ''].join(' ').trim(),
        each.label,
        saying(each, 'oneOf'),
        each.cite,
      ),
    ),
    ...Object.entries(facts).map(([id, fact]) => one('facts', id, fact.label, saying(fact), null)),
    ...planStatements(policy, one),
    ...policy.exclusions.map((each) =>
      one('exclusions', `${each.group}${'claim' in each && each.claim ? ` ${each.claim}` : ''}`, each.reason, saying(each), each.cite),
    ),
    ...funds.map((fund) => one('funds', fund.when ? `${fund.code} ${fund.when}` : fund.code, fund.name, saying(fund), fund.cite)),
    ...evidence.map((paper) => one('papers', paper.id, paper.label, saying(paper), paper.cite)),
  ];
}

type One = (section: DiffSection, id: string, label: Text, says: DiffSide['says'], cite: Cite | null) => Statement;

function planStatements({ plan, cite }: Policy, one: One): Statement[] {
  const { entry, conditions = {}, conditionLabels, milestones, interruption, acceptance, notice, advances, remainder, entitlement } = plan;
  const { claims = [], expiry, ceiling, recovery } = plan;
  const part = (id: string, label: Text, says: object | undefined, where: Cite | null): Statement[] =>
    says ? [one('plan', id, label, saying(says), where)] : [];
  return [
    ...part('entry', text('受理程序', 'procedure'), { entry }, cite),
    ...Object.entries(conditions).flatMap(([id, when]) => part(`condition ${id}`, conditionLabels?.[id] ?? text(id, id), { when }, null)),
    ...milestones.flatMap((each) => part(`milestone ${each.id}`, each.label, each, each.cite)),
    ...part('interruption', text('中止', 'interruption'), interruption, interruption?.cite ?? null),
    ...part('acceptance', text('验收', 'acceptance'), acceptance, acceptance?.cite ?? null),
    ...part('notice', text('公示', 'public notice'), notice, notice?.cite ?? null),
    ...advances.flatMap((each) => part(`payment ${each.id}`, each.label, each, each.cite)),
    ...claims.flatMap((each) => part(`payment ${each.id}`, each.label, each, each.cite)),
    ...(remainder ? part(`payment ${remainder.id}`, remainder.label, remainder, remainder.cite) : []),
    ...entitlement.flatMap((each, at) =>
      part(`entitlement ${at + 1}`, text(`应补总额（${at + 1}）`, `entitlement (${at + 1})`), each, each.cite),
    ),
    ...part('expiry', text('期满', 'expiry'), expiry, expiry?.cite ?? null),
    ...part('ceiling', text('总额上限', 'ceiling'), ceiling, ceiling?.cite ?? null),
    ...part('recovery', text('追回', 'recovery'), recovery, recovery?.cite ?? null),
  ];
}
