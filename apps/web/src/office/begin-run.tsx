import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Select, Skeleton } from 'antd';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { asRefused, type Refused } from '../api/problem.js';
import { upload } from '../api/upload.js';
import { useWish } from '../api/wish.js';
import { Fields } from '../event-form/fields.js';
import { dataOf, type Schema, type Typed, type Wrong } from '../event-form/schema.js';
import { Field } from '../pieces/field.js';
import { FileDrop } from '../pieces/file-drop.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
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

function OneForm({ form }: { readonly form: RunForm }) {
  const { say } = useLanguage();
  const goTo = useNavigate();
  const queries = useQueryClient();
  const [typed, setTyped] = useState<Typed>({});
  const [wrong, setWrong] = useState<readonly Wrong[]>([]);
  const [percent, setPercent] = useState<number | null>(null);
  const [unsent, setUnsent] = useState<Refused | null>(null);
  const { policyId, jurisdiction, about } = form;
  const opened = ({ id }: Begun) => void goTo(`/desk/office/runs/${id}`);
  const wish = useWish({
    send: (facts: Record<string, unknown>, key) =>
      good(
        api.POST('/api/v1/no-application-runs/from-books', {
          params: { header: keyed(key) },
          body: { policyId, jurisdiction, facts: facts as never },
        }),
      ),
    touches: [['runs']],
    done: opened,
  });
  const declared = (): Record<string, unknown> | null => {
    const said = dataOf(schemaOf(form), typed, 'facts');
    setWrong(said.wrong);
    return said.wrong.length === 0 ? said.data : null;
  };
  const fromBooks = (submitted: FormEvent) => {
    submitted.preventDefault();
    setUnsent(null);
    const facts = declared();
    if (facts) wish.mutate(facts);
  };
  const bring = async (file: File) => {
    const facts = declared();
    if (!facts) return;
    wish.reset();
    setUnsent(null);
    setPercent(0);
    try {
      const told: Record<string, string> = about === 'people' ? { facts: JSON.stringify(facts) } : {};
      const begun = await upload<Begun>({
        path: 'no-application-runs',
        file,
        fields: { policyId, jurisdiction, ...told },
        onPercent: setPercent,
      });
      await queries.invalidateQueries({ queryKey: ['runs'] });
      opened(begun);
    } catch (thrown) {
      setUnsent(asRefused(thrown));
    } finally {
      setPercent(null);
    }
  };
  const refused = unsent ?? wish.error;
  const words = (name: string) => form.declared.find((each) => each.name === name)?.label ?? { zh: name, en: name };
  return (
    <form className="stack" onSubmit={fromBooks} noValidate aria-label={say(form.title)}>
      {about === 'people' && (
        <Fields
          schema={schemaOf(form)}
          typed={typed}
          onChange={setTyped}
          wrong={wrong}
          errors={refused?.problem.errors ?? []}
          words={words}
          place="facts"
        />
      )}
      <ProblemAlert refused={refused} />
      {about === 'people' && (
        <div className="form-actions">
          <Button type="primary" htmlType="submit" loading={wish.isPending} disabled={percent !== null}>
            {say({ zh: '仅按本系统账目筛查', en: 'Screen those our own books show' })}
          </Button>
        </div>
      )}
      <FileDrop
        label={
          about === 'people'
            ? say({ zh: '或上传在别处领取的人员名单，与账目合并', en: 'Or add an extract of people who draw elsewhere' })
            : say({ zh: '上传登记数据', en: 'Upload an extract of the registers' })
        }
        hint={say(
          { zh: 'CSV（UTF-8 或 GB18030），表头：{columns}', en: 'CSV (UTF-8 or GB18030) with the columns {columns}' },
          { columns: form.columns.join('、') },
        )}
        accept=".csv"
        busy={percent !== null || wish.isPending}
        percent={percent}
        onFile={(file) => void bring(file)}
      />
    </form>
  );
}
