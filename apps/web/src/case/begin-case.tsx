import { useQuery } from '@tanstack/react-query';
import { Button, Card, Radio, Select, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { type Fact, formOfFacts } from '../event-form/facts-schema.js';
import { Fields } from '../event-form/fields.js';
import { dataOf, type Typed, wrongsOf } from '../event-form/schema.js';
import { useFactWords, usePolicy } from '../event-form/words.js';
import { useAccounts } from '../pieces/accounts.js';
import { Clause } from '../pieces/clause.js';
import { useDraft } from '../pieces/draft.js';
import { Field } from '../pieces/field.js';
import { Form } from '../pieces/form.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { useForm } from '../pieces/use-form.js';
import { useLanguage } from '../text/language.js';

type Policy = Schemas['PolicySummary'];
type Answers = { readonly facts: Typed; readonly payeeAccountId: string | null };
const nothing: Answers = { facts: {}, payeeAccountId: null };
const keyOf = ({ id, version, jurisdiction }: Policy): string => `${id} ${version} ${jurisdiction}`;

type Props = {
  /** who is to be paid */
  readonly of: Schemas['Organisation'];
  /** what the button that opens the case is called */
  readonly label: string;
  /** leads to where its accounts are registered */
  readonly accounts: ReactNode;
  /** the case is there */
  readonly begun: (caseId: string) => void;
};

/** A case begins: which policy that pays this organisation, what it asks, which account is paid. Whoever opens it, the same three answers. */
export function BeginCase({ of, label, accounts, begun }: Props) {
  const { say } = useLanguage();
  const policies = useQuery({ queryKey: ['policies'], queryFn: () => good(api.GET('/api/v1/policies')), staleTime: 60_000 });
  const [policy, choose, forget] = useDraft(`apply ${of.id}`, '');
  if (policies.error !== null) return <ProblemAlert refused={asRefused(policies.error)} again={() => void policies.refetch()} />;
  if (policies.data === undefined) return <Skeleton active />;
  const offered = narrowest(
    policies.data.items.filter(({ payee, jurisdiction }) => payee.includes(of.kind) && covers(jurisdiction, of.district)),
  );
  const chosen = offered.find((each) => keyOf(each) === policy);
  const done = (caseId: string) => {
    forget();
    begun(caseId);
  };
  return (
    <>
      <Card size="small" title={say({ zh: '选择政策', en: 'Which policy' })}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          style={{ width: '100%' }}
          aria-label={say({ zh: '政策', en: 'Policy' })}
          placeholder={say({ zh: '请选择', en: 'Choose' })}
          value={chosen === undefined ? null : policy}
          onChange={choose}
          options={offered.map((each) => ({ value: keyOf(each), label: say(each.title) }))}
        />
        {chosen !== undefined && (
          <p>
            {say({ zh: '受理单位', en: 'Office' })}：{say(chosen.office)}
            <br />
            {say({ zh: '时限', en: 'Time limit' })}：{say(chosen.timeLimit)} <Clause cite={chosen.cite} />
          </p>
        )}
      </Card>
      {chosen !== undefined && (
        <Facts key={keyOf(chosen)} policy={chosen} organisationId={of.id} label={label} accounts={accounts} begun={done} />
      )}
    </>
  );
}

/** A province's policy covers its cities. */
const covers = (jurisdiction: string, district: string): boolean => jurisdiction === 'CN' || district.startsWith(jurisdiction.slice(3));

/** Where city and province both have the policy, the city's own binds. */
const narrowest = (policies: readonly Policy[]): Policy[] =>
  policies.filter(({ id, jurisdiction }) => !policies.some((other) => other.id === id && other.jurisdiction.length > jurisdiction.length));

type FactsProps = Pick<Props, 'label' | 'accounts' | 'begun'> & { readonly policy: Policy; readonly organisationId: string };

function Facts({ policy, organisationId, label, accounts, begun }: FactsProps) {
  const { say } = useLanguage();
  const { data: definition } = usePolicy(policy);
  const { data: known = [] } = useAccounts(organisationId);
  const words = useFactWords(policy);
  const usable = known.filter(({ state }) => state === 'approved');
  const only = usable.length === 1 ? (usable[0]?.id ?? null) : null;
  const schema = formOfFacts((definition?.facts ?? {}) as Readonly<Record<string, Fact>>);
  const form = useForm({
    draft: `apply ${organisationId} ${keyOf(policy)}`,
    initial: nothing,
    check: ({ facts }) => wrongsOf(schema, facts, 'facts'),
    send: ({ facts, payeeAccountId }, key) =>
      good(
        api.POST('/api/v1/cases', {
          params: { header: keyed(key) },
          body: {
            policyId: policy.id,
            jurisdiction: policy.jurisdiction,
            organisationId,
            facts: dataOf(schema, facts).data,
            payeeAccountId: payeeAccountId ?? only ?? '',
          },
        }),
      ),
    touches: [['cases']],
    done: ({ id }) => begun(id),
  });
  const account = form.typed.payeeAccountId ?? only;
  if (definition === undefined) return <Skeleton active />;
  return (
    <Form of={form} className="stack" name={say({ zh: '申报要素', en: 'Facts' })}>
      <Card size="small" title={say({ zh: '申报要素', en: 'What the policy asks' })}>
        <Fields schema={schema} typed={form.typed.facts} onChange={(facts) => form.put({ facts })} words={words} place="facts" />
      </Card>
      <Card size="small" title={say({ zh: '收款账户', en: 'Payee account' })}>
        <Field
          label={say({ zh: '补贴拨付到', en: 'Paid to' })}
          required
          at="payeeAccountId"
          errors={usable.length > 0 ? [] : [say({ zh: '没有已核准的账户，请先登记。', en: 'No approved account; register one first.' })]}
        >
          {(tied) => (
            <Radio.Group
              {...tied}
              role="radiogroup"
              value={account}
              onChange={(event) => form.put({ payeeAccountId: String(event.target.value) })}
            >
              {usable.map(({ id, bankName, accountMasked, holderName }) => (
                <Radio key={id} value={id}>
                  {holderName} · {bankName} · {accountMasked}
                </Radio>
              ))}
            </Radio.Group>
          )}
        </Field>
        {accounts}
      </Card>
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={form.pending} disabled={account === null}>
          {label}
        </Button>
      </div>
    </Form>
  );
}
