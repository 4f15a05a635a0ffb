import { useQuery } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { Field } from '../pieces/field.js';
import { Form, FormEnd } from '../pieces/form.js';
import { useForm } from '../pieces/use-form.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import { noSource, type Source, SourceFields } from './source-fields.js';

type Typed = Source & {
  readonly policyId: string;
  readonly key: string;
  readonly scope: string;
  readonly effectiveFrom: string;
  readonly value: string;
};
const nothing: Typed = { policyId: '', key: '', scope: '*', effectiveFrom: '', value: '', ...noSource };

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
  const form = useForm({
    draft: 'propose-parameter',
    initial: { ...nothing, scope: person?.district ?? nothing.scope },
    send: (proposed, key) => {
      const body = { ...proposed, value: parameterValue(proposed.value) };
      return good(api.POST('/api/v1/parameters', { params: { header: keyed(key) }, body }));
    },
    touches: [['parameters']],
    done: onDone,
  });
  const { typed, put } = form;
  const policies = useQuery({ queryKey: ['policies'], queryFn: () => good(api.GET('/api/v1/policies', { params: { query: {} } })) });
  const house = useQuery({ queryKey: ['house-parameters'], queryFn: () => good(api.GET('/api/v1/house-parameters')) });
  const policy = policies.data?.items.filter(({ id }) => id === typed.policyId).at(-1);
  const own = useParametersOf(policy);
  const keys = typed.policyId === 'house' ? (house.data?.items ?? []) : own;
  const titles = new Map(policies.data?.items.map(({ id, title }) => [id, title]) ?? []);
  const takes = house.data?.items.find(({ key }) => typed.policyId === 'house' && key === typed.key);
  return (
    <Form of={form} name={say({ zh: '提出取值', en: 'Propose a value' })}>
      <Field label={say({ zh: '政策', en: 'Policy' })} required at="policyId">
        {(control) => (
          <Select<string>
            {...control}
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
        at="key"
        hint={
          takes === undefined
            ? say({ zh: '见政策页的参数一节', en: 'as on the page of the policy' })
            : `${say(takes.label)}：${say(takes.takes)}`
        }
      >
        {(control) => (
          <Select<string>
            {...control}
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
        at="scope"
        hint={say({ zh: '* 为全部，或 CN-2102、210202', en: '* for all, or CN-2102, 210202' })}
      >
        {(control) => <Input {...control} {...form.text('scope')} maxLength={9} />}
      </Field>
      <Field label={say({ zh: '生效日期', en: 'Effective from' })} required at="effectiveFrom">
        {(control) => <Input {...control} type="date" {...form.text('effectiveFrom')} />}
      </Field>
      <Field label={say({ zh: '取值', en: 'Value' })} required at="value">
        {(control) => <Input {...control} {...form.text('value')} maxLength={2000} />}
      </Field>
      <SourceFields typed={typed} onChange={put} />
      <FormEnd of={form} label={say({ zh: '提出', en: 'Propose' })} onCancel={onDone} />
    </Form>
  );
}
