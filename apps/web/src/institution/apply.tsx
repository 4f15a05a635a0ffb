import { useQuery } from '@tanstack/react-query';
import { Button, Card, Radio, Select, Skeleton } from 'antd';
import { type FormEvent, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { useWish } from '../api/wish.js';
import { Fields } from '../event-form/fields.js';
import { dataOf, type Typed, type Wrong } from '../event-form/schema.js';
import { useFactWords, usePolicy } from '../event-form/words.js';
import { Clause } from '../pieces/clause.js';
import { useDraft } from '../pieces/draft.js';
import { Field } from '../pieces/field.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { useLanguage } from '../text/language.js';
import { type Fact, formOfFacts } from './facts-schema.js';
import { FilingSteps } from './filing-steps.js';
import { useAccounts, useOwnOrganisation } from './organisation.js';

type Policy = Schemas['PolicySummary'];
type Draft = { readonly policy: string | null; readonly facts: Typed; readonly payeeAccountId: string | null };
const nothing: Draft = { policy: null, facts: {}, payeeAccountId: null };
const keyOf = ({ id, version, jurisdiction }: Policy): string => `${id} ${version} ${jurisdiction}`;

/** First step of an application: which policy, what it asks, which account is paid. Then the case exists and files can be brought. */
export function Apply() {
  const { say } = useLanguage();
  const { data: own, error } = useOwnOrganisation();
  const policies = useQuery({ queryKey: ['policies'], queryFn: () => good(api.GET('/api/v1/policies')), staleTime: 60_000 });
  const [draft, setDraft, clear] = useDraft<Draft>('apply', nothing);
  const failed = error ?? policies.error;
  if (failed !== null) return <ProblemAlert refused={asRefused(failed)} />;
  if (own === undefined || policies.data === undefined) return <Skeleton active />;
  const offered = narrowest(
    policies.data.items.filter(({ payee, jurisdiction }) => payee.includes(own.kind) && covers(jurisdiction, own.district)),
  );
  const chosen = offered.find((policy) => keyOf(policy) === draft.policy);
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
          value={chosen === undefined ? null : draft.policy}
          onChange={(policy) => setDraft({ ...draft, policy, facts: {} })}
          options={offered.map((policy) => ({ value: keyOf(policy), label: say(policy.title) }))}
        />
        {chosen !== undefined && (
          <p>
            {say({ zh: '受理单位', en: 'Office' })}：{say(chosen.office)}
            <br />
            {say({ zh: '时限', en: 'Time limit' })}：{say(chosen.timeLimit)} <Clause cite={chosen.cite} />
          </p>
        )}
      </Card>
      {chosen !== undefined && <Facts key={keyOf(chosen)} policy={chosen} own={own.id} draft={draft} onChange={setDraft} onDone={clear} />}
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
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly onDone: () => void;
};

function Facts({ policy, own, draft, onChange, onDone }: FactsProps) {
  const { say } = useLanguage();
  const navigate = useNavigate();
  const { data: definition } = usePolicy(policy);
  const { data: accounts = [] } = useAccounts(own);
  const words = useFactWords(policy);
  const [wrong, setWrong] = useState<readonly Wrong[]>([]);
  const usable = accounts.filter(({ state }) => state === 'approved');
  const account = draft.payeeAccountId ?? (usable.length === 1 ? (usable[0]?.id ?? null) : null);
  const wish = useWish({
    send: (facts: Record<string, unknown>, key) =>
      good(
        api.POST('/api/v1/cases', {
          params: { header: keyed(key) },
          body: { policyId: policy.id, jurisdiction: policy.jurisdiction, organisationId: own, facts, payeeAccountId: account ?? '' },
        }),
      ),
    touches: [['cases']],
    done: ({ id }) => {
      onDone();
      void navigate(`/desk/apply/${id}`);
    },
  });
  if (definition === undefined) return <Skeleton active />;
  const schema = formOfFacts((definition.facts ?? {}) as Readonly<Record<string, Fact>>);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const said = dataOf(schema, draft.facts);
    setWrong(said.wrong);
    if (said.wrong.length === 0 && account !== null) wish.mutate(said.data);
  };
  const errors = (wish.error?.problem.errors ?? []).map((error) => ({ ...error, field: error.field.replace(/^facts\./, '') }));
  return (
    <form onSubmit={submit} className="stack" noValidate aria-label={say({ zh: '申报要素', en: 'Facts' })}>
      <Card size="small" title={say({ zh: '申报要素', en: 'What the policy asks' })}>
        <Fields
          schema={schema}
          typed={draft.facts}
          onChange={(facts) => onChange({ ...draft, facts })}
          wrong={wrong}
          errors={errors}
          words={words}
        />
      </Card>
      <Card size="small" title={say({ zh: '收款账户', en: 'Payee account' })}>
        <Field
          label={say({ zh: '补贴拨付到', en: 'Paid to' })}
          required
          errors={usable.length > 0 ? [] : [say({ zh: '没有已核准的账户，请先登记。', en: 'No approved account; register one first.' })]}
        >
          {(tied) => (
            <Radio.Group
              {...tied}
              role="radiogroup"
              value={account}
              onChange={(event) => onChange({ ...draft, payeeAccountId: String(event.target.value) })}
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
      <ProblemAlert
        refused={wish.error}
        shownAt={(wish.error?.problem.errors ?? []).filter(({ field }) => field.startsWith('facts.')).map(({ field }) => field)}
      />
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={wish.isPending} disabled={account === null}>
          {say({ zh: '下一步：上传材料', en: 'Next: files' })}
        </Button>
      </div>
    </form>
  );
}
