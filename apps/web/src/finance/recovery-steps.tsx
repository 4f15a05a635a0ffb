import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Descriptions, Modal, Skeleton, Tabs } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, good, keyed } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { useWish } from '../api/wish.js';
import { type Case, useCase } from '../case/case.js';
import { EventForm } from '../event-form/event-form.js';
import { Money } from '../pieces/money.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { StateTag } from '../pieces/state-tag.js';
import { Day } from '../pieces/when.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import { leftOf, type Recovery, touchedBy, useRecovery } from './recovery.js';
import { Proposals } from './recovery-proposals.js';
import { Propose } from './recovery-propose.js';
import { Receipt } from './recovery-receipt.js';
import { ProposeSetOff, SetOffHistory } from './recovery-set-off.js';
import { recoveryStates } from './words.js';

type Props = { readonly recovery: Recovery; readonly onClose: () => void };

/** One recovery and what this person may do about it: the letter, what came in, instalments, write-offs and set-offs under four eyes. */
export function RecoverySteps({ recovery: opened, onClose }: Props) {
  const { say } = useLanguage();
  const recovery = useRecovery(opened);
  const { data: person } = useSession();
  const role = person?.role ?? '';
  const open = recovery.state !== 'closed';
  const finance = role === 'maker' || role === 'cashier';
  const office = ['officer', 'reviewer', 'approver', 'supervisor'].includes(role);
  return (
    <Modal
      open
      width={720}
      title={say({ zh: '{caseNo} · 追回', en: '{caseNo} · recovery' }, { caseNo: recovery.caseNo })}
      footer={null}
      onCancel={onClose}
    >
      <div className="stack">
        <Descriptions
          size="small"
          bordered
          column={{ xs: 1, sm: 2 }}
          items={[
            {
              key: 'state',
              label: say({ zh: '状态', en: 'State' }),
              children: <StateTag tone={recoveryStates[recovery.state][0]} label={recoveryStates[recovery.state][1]} />,
            },
            { key: 'left', label: say({ zh: '尚欠', en: 'Left' }), children: <Money fen={leftOf(recovery)} /> },
            { key: 'demanded', label: say({ zh: '发函日', en: 'Demanded on' }), children: <Day date={recovery.demandedOn} /> },
            ...goneBy(recovery).map(([label, fen]) => ({ key: label.en, label: say(label), children: <Money fen={fen} /> })),
          ]}
        />
        <SetOffHistory recovery={recovery} />
        {recovery.instalments !== null && <Instalments rows={recovery.instalments} />}
        {recovery.demandedOn !== null && (
          <p className="soft">
            {say({ zh: '通知书存于案件的佐证材料中：', en: 'The letter is among the files of the case: ' })}
            <Link to={`/desk/cases/${recovery.caseId}`}>{recovery.caseNo}</Link>
          </p>
        )}
        {open && (role === 'maker' || role === 'officer') && <Demand recovery={recovery} />}
        {office && <OfCase recovery={recovery} me={person?.id ?? ''} role={role} />}
        {open && (
          <Tabs
            destroyOnHidden
            items={[
              ...(finance
                ? [
                    {
                      key: 'receipt',
                      label: say({ zh: '登记收款', en: 'Record money' }),
                      children: <Receipt recovery={recovery} onDone={onClose} />,
                    },
                  ]
                : []),
              ...(office
                ? [
                    {
                      key: 'instalments',
                      label: say({ zh: '分期退还', en: 'Instalments' }),
                      children: <Propose key="i" recovery={recovery} about="instalments" />,
                    },
                    {
                      key: 'write-off',
                      label: say({ zh: '核销', en: 'Write-off' }),
                      children: <Propose key="w" recovery={recovery} about="write-off" />,
                    },
                    {
                      key: 'set-off',
                      label: say({ zh: '抵扣', en: 'Set-off' }),
                      children: <ProposeSetOff recovery={recovery} />,
                    },
                  ]
                : []),
            ]}
          />
        )}
      </div>
    </Modal>
  );
}

/** What of the debt is gone, and how: only what there is. */
const goneBy = ({ receivedFen, setOffFen, writtenOffFen }: Recovery): (readonly [Text, string])[] =>
  (
    [
      [{ zh: '已收', en: 'Received' }, receivedFen],
      [{ zh: '已抵扣', en: 'Set off' }, setOffFen],
      [{ zh: '已核销', en: 'Written off' }, writtenOffFen],
    ] as const
  ).filter(([, fen]) => fen !== '0');

function Instalments({ rows }: { readonly rows: NonNullable<Recovery['instalments']> }) {
  const { say } = useLanguage();
  return (
    <section>
      <strong>{say({ zh: '分期', en: 'Instalments' })}</strong>
      <ol>
        {rows.map(({ dueOn, amountFen }) => (
          <li key={dueOn}>
            <Day date={dueOn} /> <Money fen={amountFen} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Demand({ recovery }: { readonly recovery: Recovery }) {
  const { say } = useLanguage();
  const wish = useWish({
    send: (amountFen: string, key) =>
      good(api.POST('/api/v1/recoveries/{id}/demand', { params: { path: { id: recovery.id }, header: keyed(key) }, body: { amountFen } })),
    touches: touchedBy(recovery),
  });
  // once it is demanded, only whoever has just done it is told so
  if (recovery.state !== 'due' && !wish.isSuccess) return null;
  return (
    <div className="stack">
      <ProblemAlert refused={wish.error} />
      {wish.isSuccess ? (
        <Alert
          type="success"
          showIcon
          role="status"
          title={say({ zh: '已发出追回通知，通知书已存档。', en: 'Demanded; the letter is kept with the case.' })}
        />
      ) : (
        <div className="actions">
          <Button type="primary" loading={wish.isPending} onClick={() => wish.mutate(leftOf(recovery))}>
            {say({ zh: '发出追回通知', en: 'Demand repayment' })} <Money fen={leftOf(recovery)} />
          </Button>
        </div>
      )}
    </div>
  );
}

function OfCase({ recovery, me, role }: { readonly recovery: Recovery; readonly me: string; readonly role: string }) {
  const { data, error, refetch } = useCase(recovery.caseId);
  if (error !== null) return <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />;
  if (data === undefined) return <Skeleton active />;
  return (
    <>
      <Proposals recovery={recovery} of={data} me={me} role={role} />
      <Escalate recovery={recovery} of={data} />
    </>
  );
}

/** An overdue debt is handed on, with the reason, by whoever may; said here because this is where it is seen to be overdue. */
function Escalate({ recovery, of }: { readonly recovery: Recovery; readonly of: Case }) {
  const { say } = useLanguage();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const event = of.allowedEvents.find(({ type }) => type === 'recovery.escalated');
  if (event === undefined) return null;
  if (!open)
    return (
      <div className="actions">
        <Button onClick={() => setOpen(true)}>{say(event.label)}</Button>
      </div>
    );
  const done = () => {
    setOpen(false);
    for (const queryKey of touchedBy(recovery)) void queries.invalidateQueries({ queryKey });
  };
  return <EventForm of={of} event={event} onDone={done} onCancel={() => setOpen(false)} />;
}
