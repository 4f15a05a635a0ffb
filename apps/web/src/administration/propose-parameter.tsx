import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import type { FormEvent } from 'react';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { useWish } from '../api/wish.js';
import { useDraft } from '../pieces/draft.js';
import { errorsAt, Field } from '../pieces/field.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import { citeOf, noSource, type Source, SourceFields, sourceFields } from './source-fields.js';

type Typed = {
  readonly policyId: string;
  readonly key: string;
  readonly scope: string;
  readonly from: string;
  readonly value: string;
  readonly source: Source;
};
const nothing: Typed = { policyId: '', key: '', scope: '*', from: '', value: '', source: noSource };
const fields = ['policyId', 'key', 'scope', 'effectiveFrom', 'value', ...sourceFields];

/** `["a"]` and `{…}` as JSON, true and false, whole numbers; everything else is text. */
function parameterValue(typed: string): Schemas['NewParameter']['value'] {
  const plain = typed.trim();
  if (plain === 'true' || plain === 'false') return plain === 'true';
  if (/^-?\d{1,15}$/.test(plain)) return Number(plain);
  if (!/^[[{]/.test(plain)) return plain;
  try {
    return JSON.parse(plain) as Schemas['NewParameter']['value'];
  } catch {
    return plain;
  }
}

type Own = { readonly key: string; readonly label: Text };

/** The parameters a policy version declares. */
function useParametersOf(policy: Schemas['PolicySummary'] | undefined): readonly Own[] {
  const { id = '', version = '', jurisdiction = '' } = policy ?? {};
  const { data } = useQuery({
    queryKey: ['policy', id, version, jurisdiction],
    enabled: id !== '',
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () =>
      good(api.GET('/api/v1/policies/{id}/versions/{version}', { params: { path: { id, version }, query: { jurisdiction } } })),
  });
  return (data as { readonly parameters?: readonly Own[] } | undefined)?.parameters ?? [];
}

/** A value for a parameter of a policy or of the house, with its source and reason. */
export function ProposeParameter({ onDone }: { readonly onDone: () => void }) {
  const { say } = useLanguage();
  const { data: person } = useSession();
  // a bureau sets values for its own place only
  const [typed, setTyped, clear] = useDraft<Typed>('propose-parameter', { ...nothing, scope: person?.district ?? nothing.scope });
  const policies = useQuery({ queryKey: ['policies'], queryFn: () => good(api.GET('/api/v1/policies', { params: { query: {} } })) });
  const house = useQuery({ queryKey: ['house-parameters'], queryFn: () => good(api.GET('/api/v1/house-parameters')) });
  const policy = policies.data?.items.filter(({ id }) => id === typed.policyId).at(-1);
  const own = useParametersOf(policy);
  const keys = typed.policyId === 'house' ? (house.data?.items ?? []) : own;
  const wish = useWish({
    send: (body: Schemas['NewParameter'], key) => good(api.POST('/api/v1/parameters', { params: { header: keyed(key) }, body })),
    touches: [['parameters']],
    done: () => {
      clear();
      onDone();
    },
  });
  const put = (part: Partial<Typed>) => setTyped({ ...typed, ...part });
  const send = (event: FormEvent) => {
    event.preventDefault();
    const { policyId, key, scope, from: effectiveFrom, value, source } = typed;
    wish.mutate({ policyId, key, scope, effectiveFrom, value: parameterValue(value), cite: citeOf(source), reason: source.reason });
  };
  const errors = wish.error?.problem.errors;
  const titles = new Map(policies.data?.items.map(({ id, title }) => [id, title]) ?? []);
  const takes = house.data?.items.find(({ key }) => typed.policyId === 'house' && key === typed.key);
  return (
    <form onSubmit={send} noValidate aria-label={say({ zh: '提出取值', en: 'Propose a value' })}>
      <Field label={say({ zh: '政策', en: 'Policy' })} required errors={errorsAt(errors, 'policyId')}>
        {(control) => (
          <Select<string>
            id={control.id}
            showSearch={{ optionFilterProp: 'label' }}
            value={typed.policyId}
            onChange={(policyId) => put({ policyId })}
            options={[
              { value: 'house', label: say({ zh: '本级（内部规则）', en: 'The house itself' }) },
              ...[...titles].map(([value, title]) => ({ value, label: say(title) })),
            ]}
          />
        )}
      </Field>
      <Field
        label={say({ zh: '参数名', en: 'Parameter' })}
        required
        errors={errorsAt(errors, 'key')}
        hint={
          takes === undefined
            ? say({ zh: '见政策页的参数一节', en: 'as on the page of the policy' })
            : `${say(takes.label)}：${say(takes.takes)}`
        }
      >
        {(control) => (
          <Select<string>
            id={control.id}
            showSearch={{ optionFilterProp: 'label' }}
            value={typed.key}
            onChange={(key) => put({ key })}
            options={keys.map(({ key, label }) => ({ value: key, label: `${say(label)} · ${key}` }))}
          />
        )}
      </Field>
      <Field
        label={say({ zh: '范围', en: 'Scope' })}
        required
        errors={errorsAt(errors, 'scope')}
        hint={say({ zh: '* 为全部，或 CN-2102、210202', en: '* for all, or CN-2102, 210202' })}
      >
        {(control) => <Input {...control} value={typed.scope} maxLength={9} onChange={(event) => put({ scope: event.target.value })} />}
      </Field>
      <Field label={say({ zh: '生效日期', en: 'Effective from' })} required errors={errorsAt(errors, 'effectiveFrom')}>
        {(control) => <Input {...control} type="date" value={typed.from} onChange={(event) => put({ from: event.target.value })} />}
      </Field>
      <Field label={say({ zh: '取值', en: 'Value' })} required errors={errorsAt(errors, 'value')}>
        {(control) => <Input {...control} value={typed.value} maxLength={2000} onChange={(event) => put({ value: event.target.value })} />}
      </Field>
      <SourceFields typed={typed.source} onChange={(source) => put({ source })} errors={errors} />
      <ProblemAlert refused={wish.error} shownAt={fields} />
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={wish.isPending}>
          {say({ zh: '提出', en: 'Propose' })}
        </Button>
        <Button onClick={onDone}>{say({ zh: '取消', en: 'Cancel' })}</Button>
      </div>
    </form>
  );
}
