import { Card, Skeleton } from 'antd';
import { useParams } from 'react-router';
import { asRefused } from '../api/problem.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { Sections } from '../pieces/sections.js';
import { StandingTag } from '../pieces/state-tag.js';
import { TrancheTimeline } from '../pieces/tranche-timeline.js';
import { useLanguage } from '../text/language.js';
import { Actions } from './actions.js';
import { useCase } from './case.js';
import './case.css';
import { Clocks } from './clocks.js';
import { Evidence } from './evidence.js';
import { Explanation } from './explanation.js';
import { Facts } from './facts.js';
import { History } from './history.js';
import { MoneyTable } from './money-table.js';
import { Packet } from './packet.js';
import { WhereItStands } from './where-it-stands.js';

/** One case for whoever may see it: the payments, what may be done now, the clocks, and beneath how it came about and why. */
export function CasePage() {
  const { say } = useLanguage();
  const { id = '' } = useParams();
  const { data: found, error, refetch } = useCase(id);
  if (found === undefined)
    return error === null ? <Skeleton active /> : <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />;
  return (
    <div className="stack">
      <div className="page-head">
        <h1>{found.caseNo}</h1>
        <span>{say(found.policy.title)}</span>
        <StandingTag standing={found.standing} />
        <span className="soft">{found.regions['intake'] === undefined ? '' : say(found.regions['intake'].label)}</span>
        <Packet of={found} />
      </div>
      {error !== null && <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />}
      <div className="case-top">
        <Card size="small" title={say({ zh: '各期拨付', en: 'Payments' })}>
          <TrancheTimeline tranches={found.tranches} />
          <MoneyTable of={found} />
        </Card>
        <div className="stack">
          <Card size="small" title={say({ zh: '我可以办理', en: 'What I may do now' })}>
            <Actions of={found} />
          </Card>
          <Card size="small" title={say({ zh: '办结时限', en: 'Deadlines' })}>
            <Clocks deadlines={found.deadlines} />
          </Card>
        </div>
      </div>
      <Card size="small" className="case-below">
        <Sections
          items={[
            { key: 'machine', label: say({ zh: '流程位置', en: 'Where it stands' }), children: <WhereItStands of={found} /> },
            { key: 'history', label: say({ zh: '办理经过', en: 'What happened' }), children: <History of={found} /> },
            { key: 'why', label: say({ zh: '依据与计算', en: 'Why' }), children: <Explanation of={found} /> },
            { key: 'evidence', label: say({ zh: '佐证材料', en: 'Files' }), children: <Evidence id={found.id} /> },
            { key: 'facts', label: say({ zh: '申报要素', en: 'Facts' }), children: <Facts of={found} /> },
          ]}
        />
      </Card>
    </div>
  );
}
