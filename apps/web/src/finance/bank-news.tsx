import { Empty } from 'antd';
import { closesByHand, FinishTask } from '../office/finish-task.js';
import { loadQueue, type Task } from '../office/tasks.js';
import { PagedTable } from '../pieces/paged-table.js';
import { Moment } from '../pieces/when.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';

/** What a bank said, or did not say, that nothing but a person can make sense of: looked into by a cashier, then done. */
export function BankNews() {
  const { say } = useLanguage();
  const { data: person } = useSession();
  return (
    <>
      <div className="page-head">
        <h1>{say({ zh: '银行消息', en: 'News of the bank' })}</h1>
      </div>
      <p className="soft">
        {say({
          zh: '银行的异常应答、拖延和不符，须由人核查；核查后办结。账目另在各自页面办理。',
          en: 'Answers, delays and differences that a person must look into. What follows for the books is done on its own page.',
        })}
      </p>
      <PagedTable<Task>
        label={say({ zh: '银行消息', en: 'News of the bank' })}
        queryKey={['tasks', 'urgency', 'bank-news']}
        load={(cursor) => loadQueue({ mine: false, kind: 'bank-news' }, cursor)}
        rowKey={({ id }) => id}
        fit
        empty={<Empty description={say({ zh: '没有待核查的银行消息', en: 'Nothing waits to be looked into' })} />}
        columns={[
          {
            title: say({ zh: '时间', en: 'When' }),
            width: 170,
            responsive: ['sm'],
            render: (_, { openedAt }) => <Moment at={openedAt} />,
          },
          { title: say({ zh: '消息', en: 'What' }), render: (_, { label }) => say(label) },
          { key: 'act', title: '', width: 84, render: (_, task) => (closesByHand(task, person?.role) ? <FinishTask task={task} /> : null) },
        ]}
      />
    </>
  );
}
