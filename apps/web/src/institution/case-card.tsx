import { Card, Progress } from 'antd';
import { Link } from 'react-router';
import type { Schemas } from '../api/client.js';
import { StandingTag } from '../pieces/state-tag.js';
import { TrancheTimeline } from '../pieces/tranche-timeline.js';
import { roleLabel } from '../session/roles.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';

type Overview = Schemas['CaseOverview'];

/** One case at a glance. */
export function CaseCard({ of: found }: { readonly of: Overview }) {
  const { say } = useLanguage();
  const label = found.regions['intake']?.label;
  return (
    <Card
      size="small"
      title={
        <span className="card-title">
          <Link to={`/desk/cases/${found.id}`}>{found.caseNo}</Link> <span>{say(found.policy.title)}</span>
        </span>
      }
      extra={<StandingTag standing={found.standing} />}
    >
      <TrancheTimeline tranches={found.tranches} compact />
      <Halfway of={found} />
      <Next of={found} />
      {found.state === 'draft' && (
        <p>
          <Link to={`/desk/apply/${found.id}`}>{say({ zh: '继续填报', en: 'Go on filing' })}</Link>
        </p>
      )}
      {label === undefined ? null : <span className="soft">{say(label)}</span>}
    </Card>
  );
}

/** How far a class is towards the half that opens the second payment, from the attendance that was brought. */
function Halfway({ of }: { readonly of: Overview }) {
  const { say } = useLanguage();
  const planned = Number(of.facts['plannedHours'] ?? 0);
  const done = Number(of.facts['completedHours'] ?? 0);
  if (!(planned > 0) || of.regions['delivery'] === undefined) return null;
  const percent = Math.min(100, Math.floor((done * 100) / planned));
  return (
    <div className="halfway">
      <span>
        {say(
          done * 2 >= planned
            ? { zh: '已完成 {done} / {planned} 课时，达到一半', en: '{done} of {planned} class hours done: half is reached' }
            : { zh: '已完成 {done} / {planned} 课时，距一半还差 {left}', en: '{done} of {planned} class hours done, {left} to the half' },
          { done, planned, left: Math.ceil(planned / 2) - done },
        )}
      </span>
      <Progress percent={percent} size="small" aria-label={say({ zh: '课时进度', en: 'Class hours' })} />
    </div>
  );
}

/** What is missing, and whose turn it is. */
function Next({ of }: { readonly of: Overview }) {
  const { say } = useLanguage();
  const { data: person } = useSession();
  if (of.standing === 'closed') return null;
  const mine = of.next.filter(({ by }) => person !== null && person !== undefined && by.includes(person.role));
  const others = [...new Set(of.next.flatMap(({ by }) => by))].filter((role) => role !== person?.role);
  return (
    <dl className="next">
      {of.missing.length > 0 && (
        <>
          <dt>{say({ zh: '还缺', en: 'Missing' })}</dt>
          <dd>{of.missing.map(({ label }) => say(label)).join('、')}</dd>
        </>
      )}
      <dt>{say({ zh: '我可办理', en: 'I may' })}</dt>
      <dd>{mine.length === 0 ? say({ zh: '暂无', en: 'nothing now' }) : mine.map(({ label }) => say(label)).join('、')}</dd>
      {others.length > 0 && (
        <>
          <dt>{say({ zh: '等待', en: 'Waiting for' })}</dt>
          <dd>{others.map((role) => say(roleLabel(role))).join('、')}</dd>
        </>
      )}
    </dl>
  );
}
