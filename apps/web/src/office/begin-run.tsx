import { useQuery } from '@tanstack/react-query';
import { Select, Skeleton } from 'antd';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { upload } from '../api/upload.js';
import { Fields } from '../event-form/fields.js';
import { dataOf, type Schema, type Typed, wrongsOf } from '../event-form/schema.js';
import { Field } from '../pieces/field.js';
import { FileDrop } from '../pieces/file-drop.js';
import { Form, FormEnd } from '../pieces/form.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { useForm } from '../pieces/use-form.js';
import { useLanguage } from '../text/language.js';

type RunForm = Schemas['RunForm'];
type Begun = Schemas['RunBegun'];

const keyOf = ({ policyId, jurisdiction }: RunForm): string => `${policyId} ${jurisdiction}`;

/** A run begins with an extract of the registers; over people with a declaration, which alone is enough for those our own books show. */
export function BeginRun() {
  const { say } = useLanguage();
  const [chosen, setChosen] = useState<string | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ['run-forms'],
    queryFn: () => good(api.GET('/api/v1/no-application-runs/forms')),
  });
  if (data === undefined)
    return error === null ? <Skeleton active /> : <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />;
  const form = data.items.find((each) => keyOf(each) === chosen) ?? data.items[0];
  return (
    <div className="stack">
      <h1>{say({ zh: '开展免申即享', en: 'Begin a run' })}</h1>
      <Field label={say({ zh: '政策', en: 'Policy' })} required>
        {(tied) => (
          <Select
            {...tied}
            showSearch={{ optionFilterProp: 'label' }}
            style={{ width: '100%' }}
            value={form && keyOf(form)}
            onChange={setChosen}
            options={data.items.map((each) => ({ value: keyOf(each), label: `${say(each.title)}（${each.jurisdiction}）` }))}
          />
        )}
      </Field>
      {form === undefined ? (
        <p className="soft">
          {say({ zh: '本地区目前没有免申即享的政策。', en: 'No policy of your place pays without application today.' })}
        </p>
      ) : (
        <OneForm key={keyOf(form)} form={form} />
      )}
    </div>
  );
}

/** The declared facts as the form of an event has them. */
const schemaOf = ({ declared }: RunForm): Schema => ({
  type: 'object',
  properties: Object.fromEntries(
    declared.map(({ name, type }) => [
      name,
      type === 'int'
        ? { type: 'integer' }
        : type === 'bool'
          ? { type: 'boolean' }
          : { type: 'string', ...(type === 'date' ? { format: 'date' } : {}) },
    ]),
  ),
  required: declared.filter(({ optional }) => !optional).map(({ name }) => name),
});

const nothing: { readonly facts: Typed } = { facts: {} };

function OneForm({ form: asked }: { readonly form: RunForm }) {
  const { say } = useLanguage();
  const goTo = useNavigate();
  const extract = useRef<File | null>(null);
  const [percent, setPercent] = useState<number | null>(null);
  const { policyId, jurisdiction, about } = asked;
  const schema = schemaOf(asked);

  /** By our own books, or with an extract, whose name and size make it the wish it is. */
  const send = async (facts: Record<string, unknown>, key: string): Promise<Begun> => {
    const file = extract.current;
    if (file === null) {
      const body = { policyId, jurisdiction, facts: facts as never };
      return await good(api.POST('/api/v1/no-application-runs/from-books', { params: { header: keyed(key) }, body }));
    }
    const fields = { policyId, jurisdiction, ...(about === 'people' ? { facts: JSON.stringify(facts) } : {}) };
    setPercent(0);
    return await upload<Begun>({ path: 'no-application-runs', file, fields, key, onPercent: setPercent }).finally(() => setPercent(null));
  };
  const form = useForm({
    draft: `run ${keyOf(asked)}`,
    initial: nothing,
    check: ({ facts }) => (about === 'people' ? wrongsOf(schema, facts, 'facts') : {}),
    usual: 'books' as string,
    send: ({ facts }, key) => send(dataOf(schema, facts, 'facts').data, key),
    touches: [['runs']],
    done: ({ id }) => void goTo(`/desk/office/runs/${id}`),
  });
  const submit = (file: File | null) => {
    extract.current = file;
    form.submit(file === null ? 'books' : `${file.name} ${file.size} ${file.lastModified}`);
  };
  const words = (name: string) => asked.declared.find((each) => each.name === name)?.label ?? { zh: name, en: name };
  return (
    <Form of={{ ...form, submit: () => submit(null) }} className="stack" name={say(asked.title)}>
      {about === 'people' && (
        <>
          <Fields schema={schema} typed={form.typed.facts} onChange={(facts) => form.put({ facts })} words={words} place="facts" />
          <FormEnd of={form} label={say({ zh: '仅按本系统账目筛查', en: 'Screen those our own books show' })} />
        </>
      )}
      <FileDrop
        label={
          about === 'people'
            ? say({ zh: '或上传在别处领取的人员名单，与账目合并', en: 'Or add an extract of people who draw elsewhere' })
            : say({ zh: '上传登记数据', en: 'Upload an extract of the registers' })
        }
        hint={say(
          { zh: 'CSV（UTF-8 或 GB18030），表头：{columns}', en: 'CSV (UTF-8 or GB18030) with the columns {columns}' },
          { columns: asked.columns.join('、') },
        )}
        accept=".csv"
        sending={{ send: submit, busy: form.pending, percent }}
      />
    </Form>
  );
}
