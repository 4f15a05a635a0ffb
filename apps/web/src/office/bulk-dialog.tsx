import { Button, Modal, Progress, Table } from 'antd';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { wordsOf } from '../api/problem.js';
import { StateTag } from '../pieces/state-tag.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import { type Row, useBulk } from './bulk.js';
import { placeOf, type Task } from './tasks.js';

type Props = { readonly tasks: readonly Task[]; readonly title: Text; readonly onClose: () => void };

/** Many cases, one step: asks once, then shows case by case what came of it; what was refused says why and can be opened. */
export function BulkDialog({ tasks, title, onClose }: Props) {
  const { say } = useLanguage();
  const { rows, running, run } = useBulk();
  const close = useRef<HTMLButtonElement>(null);
  const ended = rows.filter(({ outcome }) => outcome.kind === 'done' || outcome.kind === 'refused');
  const refused = rows.filter(({ outcome }) => outcome.kind === 'refused');
  // a case that moved on is looked at first, not tried again blindly
  const again = refused.filter(({ outcome }) => outcome.kind === 'refused' && outcome.refused.code !== 'case-changed');
  const over = rows.length > 0 && !running;
  useEffect(() => {
    if (over) close.current?.focus();
  }, [over]);
  const shown: readonly Row[] = rows.length > 0 ? rows : tasks.map((task) => ({ task, outcome: { kind: 'waiting' } }));
  return (
    <Modal
      open
      width={760}
      title={say({ zh: '{step} · {count} 件', en: '{step} · {count} cases' }, { step: say(title), count: tasks.length })}
      onCancel={onClose}
      closable={!running}
      keyboard={!running}
      mask={{ closable: false }}
      footer={[
        ...(rows.length === 0
          ? [
              <Button key="run" type="primary" onClick={() => void run(tasks)} autoFocus>
                {say({ zh: '确认逐件办理', en: 'Do it, case by case' })}
              </Button>,
            ]
          : []),
        ...(over && again.length > 0
          ? [
              <Button key="again" onClick={() => void run(again.map(({ task }) => task))}>
                {say({ zh: '重试未办成的 {count} 件', en: 'Try the {count} again' }, { count: again.length })}
              </Button>,
            ]
          : []),
        <Button key="close" ref={close} onClick={onClose} disabled={running}>
          {say(rows.length === 0 ? { zh: '取消', en: 'Cancel' } : { zh: '关闭', en: 'Close' })}
        </Button>,
      ]}
    >
      <p>
        {say({
          zh: '每件分别办理、分别留痕；其中有一件不能办理时，其余照常。',
          en: 'Each case is decided and recorded by itself; one that is refused does not stop the others.',
        })}
      </p>
      {rows.length > 0 && (
        <>
          <Progress
            percent={Math.floor((ended.length * 100) / rows.length)}
            status={running ? 'active' : refused.length > 0 ? 'normal' : 'success'}
            aria-label={say({ zh: '办理进度', en: 'Progress' })}
          />
          <p role="status">
            {say(
              { zh: '已办成 {done} 件，未办成 {refused} 件，共 {all} 件。', en: '{done} done, {refused} refused, of {all}.' },
              { done: ended.length - refused.length, refused: refused.length, all: rows.length },
            )}
          </p>
        </>
      )}
      <Table<Row>
        size="small"
        pagination={false}
        scroll={{ y: 380 }}
        rowKey={({ task }) => task.id}
        dataSource={[...shown].sort((a, b) => Number(b.outcome.kind === 'refused') - Number(a.outcome.kind === 'refused'))}
        columns={[
          {
            title: say({ zh: '案件', en: 'Case' }),
            width: 190,
            render: (_, { task }) => <Link to={placeOf(task) ?? ''}>{task.caseNo}</Link>,
          },
          { title: say({ zh: '结果', en: 'Outcome' }), render: (_, { outcome }) => <Said outcome={outcome} /> },
        ]}
      />
    </Modal>
  );
}

const plain = {
  waiting: { tone: 'calm', label: { zh: '待办理', en: 'waiting' } },
  sending: { tone: 'busy', label: { zh: '办理中', en: 'being done' } },
  done: { tone: 'good', label: { zh: '已办成', en: 'done' } },
} as const;

function Said({ outcome }: { readonly outcome: Row['outcome'] }) {
  const { language } = useLanguage();
  if (outcome.kind !== 'refused') return <StateTag {...plain[outcome.kind]} />;
  const { title, detail } = wordsOf(outcome.refused, language);
  return (
    <>
      <StateTag tone="bad" label={{ zh: '未办成', en: 'refused' }} /> <strong>{title}</strong> <span className="wrap">{detail}</span>
    </>
  );
}
