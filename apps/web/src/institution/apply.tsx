import { useQuery } from '@tanstack/react-query';
import { Button, Card, Radio, Select, Skeleton } from 'antd';
import { Link, useNavigate } from 'react-router';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { Fields } from '../event-form/fields.js';
import { dataOf, type Typed, wrongsOf } from '../event-form/schema.js';
import { useFactWords, usePolicy } from '../event-form/words.js';
import { Clause } from '../pieces/clause.js';
import { useDraft } from '../pieces/draft.js';
import { Field } from '../pieces/field.js';
import { Form } from '../pieces/form.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { useForm } from '../pieces/use-form.js';
import { useLanguage } from '../text/language.js';
import { type Fact, formOfFacts } from './facts-schema.js';
import { FilingSteps } from './filing-steps.js';
import { useAccounts, useOwnOrganisation } from './organisation.js';

type Policy = Schemas['PolicySummary'];
type Answers = { readonly facts: Typed; readonly payeeAccountId: string | null };
const nothing: Answers = { facts: {}, payeeAccountId: null };
const keyOf = ({ id, version, jurisdiction }: Policy): string => `${id} ${version} ${jurisdiction}`;

/** First step of an application: which policy, what it asks, which account is paid. Then the case exists and files can be brought. */
export function Apply() {
  const { say } = useLanguage();
  const { data: own, error } = useOwnOrganisation();
  const policies = useQuery({ queryKey: ['policies'], queryFn: () => good(api.GET('/api/v1/policies')), staleTime: 60_000 });
  const [policy, choose, forget] = useDraft('apply', '');
  const failed = error ?? policies.error;
  if (failed !== null) return <ProblemAlert refused={asRefused(failed)} />;
  if (own === undefined || policies.data === undefined) return <Skeleton active />;
  const offered = narrowest(
    policies.data.items.filter(({ payee, jurisdiction }) => payee.includes(own.kind) && covers(jurisdiction, own.district)),
  );
  const chosen = offered.find((each) => keyOf(each) === policy);
  return (
    <div className="stack filing">
      <div className="page-head">
        <h1>{say({ zh: '新申报', en: 'New application' })}</h1>
      </div>
      <FilingSteps at={0} />
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
      {chosen !== undefined && <Facts key={keyOf(chosen)} policy={chosen} own={own.id} onDone={forget} />}
    </div>
  );
}

/** A province's policy covers its cities. */
const covers = (jurisdiction: string, district: string): boolean => jurisdiction === 'CN' || district.startsWith(jurisdiction.slice(3));

/** Where city and province both have the policy, the city's own binds. */
const narrowest = (policies: readonly Policy[]): Policy[] =>
  policies.filter(({ id, jurisdiction }) => !policies.some((other) => other.id === id && other.jurisdiction.length > jurisdiction.length));

type FactsProps = {
  readonly policy: Policy;
  readonly own: string;
  readonly onDone: () => void;
};

function Facts({ policy, own, onDone }: FactsProps) {
  const { say } = useLanguage();
  const navigate = useNavigate();
  const { data: definition } = usePolicy(policy);
  const { data: accounts = [] } = useAccounts(own);
  const words = useFactWords(policy);
  const usable = accounts.filter(({ state }) => state === 'approved');
  const only = usable.length === 1 ? (usable[0]?.id ?? null) : null;
  const schema = formOfFacts((definition?.facts ?? {}) as Readonly<Record<string, Fact>>);
  const form = useForm({
    draft: `apply ${keyOf(policy)}`,
    initial: nothing,
    check: ({ facts }) => wrongsOf(schema, facts, 'facts'),
    send: ({ facts, payeeAccountId }, key) =>
      good(
        api.POST('/api/v1/cases', {
          params: { header: keyed(key) },
          body: {
            policyId: policy.id,
            jurisdiction: policy.jurisdiction,
            organisationId: own,
            facts: dataOf(schema, facts).data,
            payeeAccountId: payeeAccountId ?? only ?? '',
          },
        }),
      ),
    touches: [['cases']],
    done: ({ id }) => {
      onDone();
      void navigate(`/desk/apply/${id}`);
    },
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
        <Link to="/desk/accounts">{say({ zh: '管理收款账户', en: 'Manage accounts' })}</Link>
      </Card>
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={form.pending} disabled={account === null}>
          {say({ zh: '下一步：上传材料', en: 'Next: files' })}
        </Button>
      </div>
    </Form>
  );
}
