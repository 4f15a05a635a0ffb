import { Alert, Card, Grid, Skeleton, Tabs } from 'antd';
import { useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { asRefused } from '../api/problem.js';
import { Actions } from '../case/actions.js';
import { type Case, useCase } from '../case/case.js';
import '../case/case.css';
import { Clocks } from '../case/clocks.js';
import { Facts } from '../case/facts.js';
import { MoneyTable } from '../case/money-table.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { StandingTag } from '../pieces/state-tag.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import { CaseNotice } from './case-notice.js';
import { CaseObjections, decisions } from './case-objections.js';
import { Eligibility } from './eligibility.js';
import { FilesPane } from './files-pane.js';
import './office.css';
import { Next } from './queue.js';

const keepFiles = new Set(['officer', 'reviewer', 'approver', 'inspector']);

/** One case to be decided: the files on the left, conditions and facts on the right, the step above both; on a telephone one after the other. */
export function Workbench() {
  const { say } = useLanguage();
  const { id = '' } = useParams();
  const [search] = useSearchParams();
  const task = search.get('task');
  const { data: person } = useSession();
  const { data: found, error, refetch } = useCase(id);
  const [done, setDone] = useState<string | null>(null);
  if (found === undefined)
    return error === null ? <Skeleton active /> : <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />;
  const me = person?.id ?? '';
  const decided = done === `${id} ${task ?? ''}`;
  return (
    <div className="stack">
      <div className="page-head">
        <h1>{found.caseNo}</h1>
        <span>{say(found.policy.title)}</span>
        <StandingTag standing={found.standing} />
        <span className="soft">{found.regions['intake'] === undefined ? '' : say(found.regions['intake'].label)}</span>
        <div className="page-head-end">
          <Link to={`/desk/cases/${id}`}>{say({ zh: '案件全貌', en: 'The whole case' })}</Link>
          <Next me={me} after={task} primary={decided} />
        </div>
      </div>
      {error !== null && <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />}
      {decided && (
        <Alert
          type="success"
          showIcon
          role="status"
          title={say({ zh: '已办理并留痕。可继续办理下一件。', en: 'Done and recorded. Go on with the next task.' })}
        />
      )}
      <Panes of={found} mayAdd={keepFiles.has(person?.role ?? '')} onDone={() => setDone(`${id} ${task ?? ''}`)} />
    </div>
  );
}

type PanesProps = { readonly of: Case; readonly mayAdd: boolean; readonly onDone: () => void };

function Panes({ of, mayAdd, onDone }: PanesProps) {
  const { say } = useLanguage();
  const wide = Grid.useBreakpoint().xl === true;
  const step = (
    <Card size="small" title={say({ zh: '办理', en: 'Decide' })}>
      <Actions of={of} onDone={onDone} without={decisions} />
    </Card>
  );
  const conditions = <Eligibility of={of} />;
  const facts = (
    <div className="stack">
      <Facts of={of} />
      <MoneyTable of={of} />
    </div>
  );
  const files = <FilesPane id={of.id} mayAdd={mayAdd} />;
  const clocks = <Clocks deadlines={of.deadlines} />;
  const titles = {
    conditions: say({ zh: '条件与金额', en: 'Conditions' }),
    facts: say({ zh: '申报要素', en: 'Facts' }),
    files: say({ zh: '佐证材料', en: 'Files' }),
    clocks: say({ zh: '办结时限', en: 'Deadlines' }),
  };
  // on a telephone all four stand side by side
  const short = {
    conditions: say({ zh: '条件', en: 'Conditions' }),
    files: say({ zh: '材料', en: 'Files' }),
    facts: say({ zh: '要素', en: 'Facts' }),
    clocks: say({ zh: '时限', en: 'Clocks' }),
  };
  const proceedings = (
    <>
      <CaseNotice of={of} />
      <CaseObjections of={of} />
    </>
  );
  if (!wide)
    return (
      <div className="work">
        {step}
        {proceedings}
        <Card size="small">
          <Tabs
            tabBarGutter={14}
            items={[
              { key: 'conditions', label: short.conditions, children: conditions },
              { key: 'files', label: short.files, children: files },
              { key: 'facts', label: short.facts, children: facts },
              { key: 'clocks', label: short.clocks, children: clocks },
            ]}
          />
        </Card>
      </div>
    );
  return (
    <div className="work">
      <Card size="small" title={titles.files} className="work-left">
        {files}
      </Card>
      <div className="stack">
        {step}
        {proceedings}
        <Card size="small" title={titles.conditions}>
          {conditions}
        </Card>
        <Card size="small" title={titles.facts}>
          {facts}
        </Card>
        <Card size="small" title={titles.clocks}>
          {clocks}
        </Card>
      </div>
    </div>
  );
}
