import { Button, Card, Empty, Skeleton } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { asRefused } from '../api/problem.js';
import { type Choice, LineChoice } from '../pieces/line-choices.js';
import { Money } from '../pieces/money.js';
import { usePolicyTitles } from '../pieces/policy-titles.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { mayLeave, OutcomeTag, Why } from '../pieces/run-line.js';
import { Day } from '../pieces/when.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import './institution.css';
import { type OwnLine, useOwnLines } from './own-lines.js';

const keyOf = ({ runId, row }: OwnLine): string => `${runId} ${row}`;

/** What the office found to be due without an application: how much, to which account, what comes next; confirmed or left by a word. */
export function Offers() {
  const { say } = useLanguage();
  const { data: lines, error, refetch } = useOwnLines();
  const [chosen, setChosen] = useState<{ readonly line: OwnLine; readonly choice: Choice } | null>(null);
  return (
    <div className="stack">
      <div className="page-head">
        <h1>{say({ zh: '免申即享', en: 'Without application' })}</h1>
      </div>
      <p className="soft">
        {say({
          zh: '人社部门依据登记数据筛查，符合条件的无需申请即可享受。以下是最近五十次与您有关的结果。',
          en: 'The office screens its registers; whoever meets the conditions is paid without applying. These are the last fifty results about you.',
        })}
      </p>
      {error !== null && <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />}
      {lines === undefined && error === null && <Skeleton active />}
      {lines?.length === 0 && <Empty description={say({ zh: '还没有与您有关的筛查结果。', en: 'No run has named you yet.' })} />}
      {lines?.map((line) => (
        <Offer key={keyOf(line)} of={line} choose={(choice) => setChosen({ line, choice })} />
      ))}
      {chosen !== null && <LineChoice {...chosen} onDone={() => setChosen(null)} />}
    </div>
  );
}

function Offer({ of: line, choose }: { readonly of: OwnLine; readonly choose: (choice: Choice) => void }) {
  const { say } = useLanguage();
  const titles = usePolicyTitles();
  return (
    <Card
      size="small"
      title={<span className="card-title">{say(titles(line.policyId))}</span>}
      extra={<OutcomeTag outcome={line.outcome} />}
    >
      <dl className="next">
        <dt>{say({ zh: '金额', en: 'Amount' })}</dt>
        <dd>
          <Money fen={line.amountFen} />
        </dd>
        <dt>{say({ zh: '筛查日', en: 'Screened' })}</dt>
        <dd>
          <Day date={line.screenedOn} />
        </dd>
        {line.accountMasked !== null && (
          <>
            <dt>{say({ zh: '收款账户', en: 'Account' })}</dt>
            <dd>
              <code>{line.accountMasked}</code> {line.bankName}
            </dd>
          </>
        )}
        {line.reason !== null && (
          <>
            <dt>{say({ zh: '理由', en: 'Reason' })}</dt>
            <dd>
              <Why reason={line.reason} />
            </dd>
          </>
        )}
        <dt>{say({ zh: '下一步', en: 'Next' })}</dt>
        <dd>
          {line.caseId === null ? (
            say(nextOf(line))
          ) : (
            <Link className="in-text" to={`/desk/cases/${line.caseId}`}>
              {say({
                zh: '已建案：查看拨付期限和进度；拨付前可在案件中撤回',
                en: 'Its case: when it is due, how far it is, and how to withdraw it',
              })}
            </Link>
          )}
        </dd>
      </dl>
      {mayLeave(line) && (
        <div className="actions">
          {line.outcome === 'pending' && (
            <Button type="primary" onClick={() => choose('account')}>
              {say({ zh: '确认收款账户', en: 'Confirm the account' })}
            </Button>
          )}
          <Button onClick={() => choose('opt-out')}>{say({ zh: '放弃享受', en: 'Opt out' })}</Button>
        </div>
      )}
    </Card>
  );
}

/** What becomes of a line on which no case was opened. */
function nextOf({ outcome, list }: OwnLine): Text {
  if (outcome === 'pending') return { zh: '等待您确认收款账户；确认前不会拨付', en: 'Your word on the account; nothing is paid before' };
  if (outcome !== 'included') return { zh: '本次不拨付', en: 'Nothing is paid out of this run' };
  return list === null
    ? { zh: '名单待抽核和审批，批准后拨付', en: 'The list is checked and approved, then it is paid' }
    : { zh: '名单已抽核，批准后拨付', en: 'The list was checked; approved, it is paid' };
}
