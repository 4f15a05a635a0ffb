import { Button, Empty, Segmented } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useWish } from '../api/wish.js';
import { Clause } from '../pieces/clause.js';
import { Countdown } from '../pieces/deadline.js';
import { PagedTable } from '../pieces/paged-table.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { StateTag } from '../pieces/state-tag.js';
import { Day } from '../pieces/when.js';
import { roleLabel } from '../session/roles.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import { BulkDialog } from './bulk-dialog.js';
import { closesByHand, FinishTask } from './finish-task.js';
import './office.css';
import { claim, loadQueue, nextTask, placeOf, steps, type Task } from './tasks.js';

/** Everything this role has to do, what the law wants first on top; taken one by one, or many of one kind together. */
export function Queue() {
  const { say } = useLanguage();
  const { data: person } = useSession();
  const [whose, setWhose] = useState<'all' | 'mine'>('all');
  const [chosen, setChosen] = useState<readonly Task[]>([]);
  const [bulk, setBulk] = useState<readonly Task[] | null>(null);
  const me = person?.id ?? '';
  const taking = useWish({ send: (id: string, key) => claim(id, key), touches: [['tasks']] });
  const kinds = new Set(chosen.map(({ kind }) => kind));
  const [kind] = kinds;
  const together = kinds.size === 1 && kind !== undefined && steps[kind] !== undefined;
  return (
    <>
      <div className="page-head">
        <h1>{say({ zh: '我的待办', en: 'My queue' })}</h1>
        <div className="page-head-end">
          <Segmented<'all' | 'mine'>
            value={whose}
            onChange={setWhose}
            options={[
              { value: 'all', label: say({ zh: '本岗位全部', en: 'All of my role' }) },
              { value: 'mine', label: say({ zh: '我已领取', en: 'Taken by me' }) },
            ]}
          />
          <Next me={me} />
        </div>
      </div>
      <ProblemAlert refused={taking.error} />
      <div className="bulk-bar" role="toolbar" aria-label={say({ zh: '批量办理', en: 'Many at once' })}>
        <Button type="primary" disabled={!together} onClick={() => setBulk(chosen)}>
          {chosen.length > 0 && together
            ? say({ zh: '批量{step}（{count} 件）', en: '{step} ({count})' }, { step: say(chosen[0]?.label ?? none), count: chosen.length })
            : say({ zh: '批量办理', en: 'Many at once' })}
        </Button>
        <span className="soft">
          {kinds.size > 1
            ? say({ zh: '所选待办种类不同，请只选同一种。', en: 'The chosen tasks differ in kind; choose one kind.' })
            : chosen.length > 0 && !together
              ? say({ zh: '此类待办须逐件核查后办理。', en: 'These must be looked into one by one.' })
              : say({
                  zh: '按办结期限排列；勾选同类待办可一并办理。',
                  en: 'By legal deadline; tick tasks of one kind to do them together.',
                })}
        </span>
      </div>
      <PagedTable<Task>
        label={say({ zh: '待办', en: 'Tasks' })}
        queryKey={['tasks', 'urgency', whose]}
        load={(cursor) => loadQueue({ mine: whose === 'mine', kind: null }, cursor)}
        rowKey={({ id }) => id}
        fit
        empty={<Empty description={say({ zh: '没有待办，都已办结。', en: 'Nothing to do; all is done.' })} />}
        rowSelection={{
          selectedRowKeys: chosen.map(({ id }) => id),
          onChange: (_, rows) => setChosen(rows),
          getCheckboxProps: ({ kind: of, caseNo }) => ({
            disabled: steps[of] === undefined,
            'aria-label': say({ zh: '选择 {caseNo}', en: 'Choose {caseNo}' }, { caseNo: caseNo ?? '' }),
          }),
        }}
        columns={[
          {
            title: say({ zh: '最迟', en: 'By' }),
            width: 190,
            responsive: ['sm'],
            render: (_, task) => <Until task={task} />,
          },
          {
            title: say({ zh: '待办', en: 'Task' }),
            render: (_, task) => <What task={task} me={me} />,
          },
          {
            title: say({ zh: '单位', en: 'Organisation' }),
            width: 200,
            responsive: ['md'],
            render: (_, { organisation }) => organisation ?? '—',
          },
          {
            title: say({ zh: '政策', en: 'Policy' }),
            width: 220,
            responsive: ['lg'],
            render: (_, { policy }) => (policy === null ? '—' : say(policy.title)),
          },
          {
            title: say({ zh: '依据', en: 'Clause' }),
            width: 190,
            responsive: ['xl'],
            render: (_, { clock }) => <Clause cite={clock?.cite} />,
          },
          {
            // a window that stands open over it outlives a turned telephone
            key: 'act',
            title: '',
            width: 84,
            render: (_, task) => (
              <span className="actions">
                {task.state === 'open' && task.role === person?.role && (
                  <Button size="small" onClick={() => taking.mutate(task.id)}>
                    {say({ zh: '领取', en: 'Take' })}
                  </Button>
                )}
                {closesByHand(task, person?.role) && <FinishTask task={task} />}
              </span>
            ),
          },
        ]}
      />
      {bulk !== null && (
        <BulkDialog
          tasks={bulk}
          title={bulk[0]?.label ?? none}
          onClose={() => {
            setBulk(null);
            setChosen([]);
          }}
        />
      )}
    </>
  );
}

const none: Text = { zh: '', en: '' };

function Until({ task: { clock, dueOn } }: { readonly task: Task }) {
  const { say } = useLanguage();
  if (clock === null && dueOn === null) return <span className="soft">{say({ zh: '无期限', en: 'no deadline' })}</span>;
  return (
    <div className="until">
      <Day date={clock?.lastDay ?? dueOn} />
      <div>
        {clock?.status === 'suspected' ? (
          <StateTag tone="bad" label={{ zh: '疑似逾期', en: 'suspected late' }} />
        ) : (
          <Countdown lastDay={clock?.lastDay ?? dueOn} />
        )}
      </div>
      {clock !== null && <div className="soft">{say(clock.label)}</div>}
    </div>
  );
}

function What({ task, me }: { readonly task: Task; readonly me: string }) {
  const { say } = useLanguage();
  const place = placeOf(task);
  return (
    <div>
      {place === null ? <strong>{say(task.label)}</strong> : <Link to={place}>{say(task.label)}</Link>}{' '}
      {task.state === 'claimed' && (
        <StateTag
          tone={task.claimedBy === me ? 'busy' : 'warn'}
          label={task.claimedBy === me ? { zh: '我已领取', en: 'mine' } : { zh: '他人已领取', en: 'taken' }}
        />
      )}
      <div className="soft">
        {task.caseNo ?? ''} {say(roleLabel(task.role))}
      </div>
      <div className="only-narrow">
        <Until task={task} />
      </div>
    </div>
  );
}

/** Takes what is most urgent and free, and goes there. */
export function Next({
  me,
  after = null,
  primary = true,
}: {
  readonly me: string;
  readonly after?: string | null;
  readonly primary?: boolean;
}) {
  const { say } = useLanguage();
  const navigate = useNavigate();
  const going = useWish({
    send: async (after: string | null, key) => {
      const task = await nextTask(me, after);
      if (task !== null && task.state === 'open') await claim(task.id, key).catch(() => undefined);
      return task;
    },
    touches: [['tasks']],
    done: (task) => void navigate((task === null ? null : placeOf(task)) ?? '/desk/office/queue'),
  });
  return (
    <Button type={primary ? 'primary' : 'default'} loading={going.isPending} onClick={() => going.mutate(after)}>
      {say({ zh: '办理下一件', en: 'Next task' })}
    </Button>
  );
}
