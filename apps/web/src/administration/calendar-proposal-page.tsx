import { useQuery } from '@tanstack/react-query';
import { Button, Card, Descriptions, Input, Skeleton } from 'antd';
import { useParams } from 'react-router';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { Clause } from '../pieces/clause.js';
import { Field } from '../pieces/field.js';
import { Form } from '../pieces/form.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { useForm } from '../pieces/use-form.js';
import { Day } from '../pieces/when.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import { CalendarChange } from './calendar-change.js';
import { ProposalState } from './calendar-proposals.js';

type Detail = Schemas['CalendarProposalDetail'];

/** A proposed year with what it moves; another person approves it after looking, or turns it down and says why. */
export function CalendarProposalPage() {
  const { say } = useLanguage();
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery({
    queryKey: ['calendar-proposal', id],
    queryFn: () => good(api.GET('/api/v1/calendar/proposals/{id}', { params: { path: { id } } })),
  });
  if (error !== null && data === undefined) return <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />;
  if (data === undefined) return <Skeleton active />;
  const plain = [
    { key: 'published', label: say({ zh: '公布日期', en: 'Published on' }), children: <Day date={data.publishedOn} /> },
    { key: 'cite', label: say({ zh: '依据', en: 'Source' }), children: <Clause cite={data.cite} /> },
    { key: 'reason', label: say({ zh: '理由', en: 'Reason' }), children: data.reason },
    { key: 'off', label: say({ zh: '放假', en: 'Days off' }), children: data.off.length },
    { key: 'work', label: say({ zh: '调休上班', en: 'Weekend days worked' }), children: data.work.length },
  ];
  const why = { key: 'why', label: say({ zh: '未批准的理由', en: 'Turned down because' }), children: data.rejectionReason };
  return (
    <div className="stack">
      <div className="page-head">
        <h1>{say({ zh: '{year} 年放假安排', en: 'Calendar of {year}' }, { year: data.year })}</h1>
        <ProposalState of={data} />
      </div>
      <Card size="small">
        <Descriptions size="small" column={{ xs: 1, md: 2 }} items={data.rejectionReason === null ? plain : [...plain, why]} />
      </Card>
      {data.touched !== null && <CalendarChange change={data.touched} />}
      {data.touched !== null && <Decide of={data} sha256={data.touched.sha256} />}
    </div>
  );
}

function Decide({ of: { id, proposedBy }, sha256 }: { readonly of: Detail; readonly sha256: string }) {
  const { say } = useLanguage();
  const { data: person } = useSession();
  const touches = [['calendar-proposals'], ['calendar-proposal', id], ['calendar-year'], ['calendar-days']];
  const form = useForm({
    draft: `calendar-proposal ${id}`,
    initial: { reason: '' },
    usual: 'reject' as 'approve' | 'reject',
    send: ({ reason }, key, how): Promise<unknown> => {
      const params = { path: { id }, header: keyed(key) };
      return how === 'approve'
        ? good(api.POST('/api/v1/calendar/proposals/{id}/approve', { params, body: { touchedSha256: sha256 } }))
        : good(api.POST('/api/v1/calendar/proposals/{id}/reject', { params, body: { reason } }));
    },
    touches,
  });
  if (person?.role !== 'approver' && person?.role !== 'supervisor') return null;
  const own = proposedBy === person.id;
  return (
    <Form of={form} name={say({ zh: '决定', en: 'Decide' })}>
      <Field label={say({ zh: '不批准的理由', en: 'Reason to turn it down' })} at="reason">
        {(control) => <Input {...control} {...form.text('reason')} maxLength={500} />}
      </Field>
      <div className="actions">
        {!own && (
          <Button type="primary" loading={form.pending} onClick={() => form.submit('approve')}>
            {say({ zh: '批准', en: 'Approve' })}
          </Button>
        )}
        <Button htmlType="submit" loading={form.pending}>
          {own ? say({ zh: '撤回提议', en: 'Take it back' }) : say({ zh: '不批准', en: 'Turn it down' })}
        </Button>
        {own && <span className="soft">{say({ zh: '提出人不能批准，须由另一人批准。', en: 'Who proposed it cannot approve it.' })}</span>}
      </div>
    </Form>
  );
}
