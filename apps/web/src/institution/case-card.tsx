import { useQuery } from '@tanstack/react-query';
import { Card, Progress, Skeleton } from 'antd';
import { Link } from 'react-router';
import { api, good } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { type Case, useCase } from '../case/case.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { StandingTag } from '../pieces/state-tag.js';
import { TrancheTimeline } from '../pieces/tranche-timeline.js';
import { roleLabel } from '../session/roles.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';

/** One case at a glance. */
export function CaseCard({ id }: { readonly id: string }) {
  const { say } = useLanguage();
  const { data: found, error, refetch } = useCase(id);
  if (found === undefined)
    return (
      <Card size="small">
        {error === null ? (
          <Skeleton active paragraph={{ rows: 2 }} />
        ) : (
          <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />
        )}
      </Card>
    );
  const label = found.regions['intake']?.label;
  return (
    <Card
      size="small"
      title={
        <span className="card-title">
          <Link to={`/desk/cases/${id}`}>{found.caseNo}</Link> <span>{say(found.policy.title)}</span>
        </span>
      }
      extra={<StandingTag standing={found.standing} />}
    >
      <TrancheTimeline tranches={found.tranches} compact />
      <Halfway of={found} />
      <Next of={found} />
      {found.state === 'draft' && (
        <p>
          <Link to={`/desk/apply/${id}`}>{say({ zh: '继续填报', en: 'Go on filing' })}</Link>
        </p>
      )}
      {label === undefined ? null : <span className="soft">{say(label)}</span>}
    </Card>
  );
}

/** How far a class is towards the half that opens the second payment, from the attendance that was brought. */
export function Halfway({ of }: { readonly of: Case }) {
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
function Next({ of }: { readonly of: Case }) {
  const { say } = useLanguage();
  const { data: person } = useSession();
  const { data } = useQuery({
    queryKey: ['case', of.id, 'explanation', of.version],
    queryFn: () => good(api.GET('/api/v1/cases/{id}/explanation', { params: { path: { id: of.id } } })),
  });
  if (data === undefined || of.standing === 'closed') return null;
  const mine = data.next.filter(({ by }) => person !== null && person !== undefined && by.includes(person.role));
  const others = [...new Set(data.next.flatMap(({ by }) => by))].filter((role) => role !== person?.role);
  return (
    <dl className="next">
      {data.missing.length > 0 && (
        <>
          <dt>{say({ zh: '还缺', en: 'Missing' })}</dt>
          <dd>{data.missing.map(({ label }) => say(label)).join('、')}</dd>
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
