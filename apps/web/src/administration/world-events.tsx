import { useQuery } from '@tanstack/react-query';
import { Button, Card, Input, Skeleton, Table } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { Clause } from '../pieces/clause.js';
import { Field } from '../pieces/field.js';
import { Form, FormEnd } from '../pieces/form.js';
import { usePolicyTitles } from '../pieces/policy-titles.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { useForm } from '../pieces/use-form.js';
import { Day } from '../pieces/when.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import { noSource, SourceFields } from './source-fields.js';

type Landmark = Schemas['Landmark'];

/** What windows and rates wait for, and what of it was recorded. */
export function WorldEvents() {
  const { say } = useLanguage();
  const { data: person } = useSession();
  const titleOf = usePolicyTitles();
  const [chosen, setChosen] = useState<Landmark | null>(null);
  const { data, error, refetch } = useQuery({ queryKey: ['world-events'], queryFn: () => good(api.GET('/api/v1/world-events')) });
  return (
    <div className="stack">
      <div className="page-head">
        <h1>{say({ zh: '政策所系事件', en: 'World events' })}</h1>
      </div>
      {error !== null && <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton active />}
      {chosen !== null && (
        <Card size="small" title={say(chosen.label)}>
          <RecordEvent landmark={chosen} onClose={() => setChosen(null)} />
        </Card>
      )}
      {data !== undefined && (
        <Table<Landmark>
          size="small"
          rowKey={({ landmark, shared, policies }) => `${landmark} ${shared ?? ''} ${policies.join()}`}
          pagination={false}
          scroll={{ x: 'max-content' }}
          dataSource={[...data.items]}
          columns={[
            { title: say({ zh: '事件', en: 'Event' }), render: (_, row) => say(row.label) },
            {
              title: say({ zh: '所系政策', en: 'Policies' }),
              render: (_, row) => (
                <span className="wrap">{row.policies.map((id) => say(titleOf(id))).join(say({ zh: '、', en: ', ' }))}</span>
              ),
            },
            { title: say({ zh: '日期', en: 'Day' }), render: (_, row) => <Day date={row.recorded?.on} /> },
            { title: say({ zh: '出处', en: 'Source' }), render: (_, row) => <Clause cite={row.recorded?.cite} /> },
            {
              title: say({ zh: '办理', en: 'Act' }),
              render: (_, row) =>
                person?.role === 'supervisor' && row.recorded === null ? (
                  <Button size="small" onClick={() => setChosen(row)}>
                    {say({ zh: '登记', en: 'Record' })}
                  </Button>
                ) : null,
            },
          ]}
        />
      )}
    </div>
  );
}

function RecordEvent({ landmark, onClose }: { readonly landmark: Landmark; readonly onClose: () => void }) {
  const { say } = useLanguage();
  const go = useNavigate();
  const form = useForm({
    draft: `world-event ${landmark.landmark}`,
    initial: { on: '', ...noSource },
    send: (told, key) => {
      const [policyId] = landmark.policies;
      const of = landmark.shared === null && policyId !== undefined ? { policyId } : {};
      return good(
        api.POST('/api/v1/world-events', { params: { header: keyed(key) }, body: { landmark: landmark.landmark, ...of, ...told } }),
      );
    },
    touches: [['parameters']],
    done: ({ id }) => void go(`/desk/admin/parameters/${id}`),
  });
  return (
    <Form of={form} name={say(landmark.label)}>
      <Field label={say({ zh: '发生日期', en: 'Day' })} required at="on">
        {(control) => <Input {...control} type="date" {...form.text('on')} />}
      </Field>
      <SourceFields typed={form.typed} onChange={form.put} />
      <FormEnd of={form} label={say({ zh: '登记（待另一人批准）', en: 'Record (another person approves)' })} onCancel={onClose} />
    </Form>
  );
}
