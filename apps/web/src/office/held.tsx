import { Button, Empty, Modal, Skeleton } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, good, type Schemas } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { useCase } from '../case/case.js';
import { EventForm } from '../event-form/event-form.js';
import { PagedTable } from '../pieces/paged-table.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { Moment } from '../pieces/when.js';
import { useLanguage } from '../text/language.js';

type Row = Schemas['CaseSummary'];

/** Cases whose payments stand still; each is let go here, with its reason on record. A case is put on hold from its own page. */
export function Held() {
  const { say } = useLanguage();
  const [chosen, setChosen] = useState<Row | null>(null);
  return (
    <>
      <div className="page-head">
        <h1>{say({ zh: '暂停付款的案件', en: 'Cases on hold' })}</h1>
      </div>
      <PagedTable<Row>
        label={say({ zh: '暂停付款的案件', en: 'Cases on hold' })}
        queryKey={['cases', 'held']}
        load={(cursor) =>
          good(api.GET('/api/v1/cases', { params: { query: { standing: 'held', ...(cursor === undefined ? {} : { cursor }) } } }))
        }
        rowKey={({ id }) => id}
        fit
        empty={<Empty description={say({ zh: '没有暂停付款的案件', en: 'No case is on hold' })} />}
        columns={[
          {
            title: say({ zh: '案件', en: 'Case' }),
            width: 190,
            render: (_, row) => <Link to={`/desk/office/case/${row.id}`}>{row.caseNo}</Link>,
          },
          { title: say({ zh: '政策', en: 'Policy' }), width: 260, responsive: ['md'], render: (_, row) => say(row.policy.title) },
          {
            title: say({ zh: '最近进展', en: 'Last event' }),
            width: 160,
            responsive: ['sm'],
            render: (_, row) => <Moment at={row.lastAt} />,
          },
          {
            title: '',
            width: 120,
            render: (_, row) => (
              <Button size="small" onClick={() => setChosen(row)}>
                {say({ zh: '解除暂停', en: 'Release' })}
              </Button>
            ),
          },
        ]}
      />
      <Modal open={chosen !== null} title={chosen?.caseNo} footer={null} onCancel={() => setChosen(null)} destroyOnHidden>
        {chosen !== null && <Release id={chosen.id} onDone={() => setChosen(null)} />}
      </Modal>
    </>
  );
}

function Release({ id, onDone }: { readonly id: string; readonly onDone: () => void }) {
  const { say } = useLanguage();
  const { data, error, refetch } = useCase(id);
  if (error !== null) return <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />;
  if (data === undefined) return <Skeleton active />;
  const event = data.allowedEvents.find(({ type }) => type === 'case.released');
  if (event === undefined)
    return <p>{say({ zh: '此案件不在您可解除的范围，或已解除。', en: 'You may not release this case, or it was released.' })}</p>;
  return <EventForm of={data} event={event} onDone={onDone} onCancel={onDone} />;
}
