import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Button, Collapse, Skeleton, Timeline } from 'antd';
import { api, good, type Schemas } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { type Cite, Clause } from '../pieces/clause.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { Day, Moment } from '../pieces/when.js';
import { roleLabel } from '../session/roles.js';
import { useLanguage } from '../text/language.js';
import type { Case } from './case.js';
import { type Machine, useMachine } from './machine.js';

type Event = Schemas['CaseEvent'];

/** The clause an event follows, from the machine that heard it. */
function citeOf(machine: Machine | undefined, type: string): Cite | null {
  for (const region of machine?.regions ?? []) {
    const found = region.arrows.find((arrow) => arrow.event === type && arrow.cite !== null);
    if (found !== undefined) return found.cite;
  }
  return null;
}

/** Who did what, when, under which clause; the chain of hashes beside each event. */
export function History({ of }: { readonly of: Case }) {
  const { say } = useLanguage();
  const { data: machine } = useMachine(of.policy);
  const pages = useInfiniteQuery({
    queryKey: ['case', of.id, 'history', of.version],
    queryFn: ({ pageParam }) =>
      good(
        api.GET('/api/v1/cases/{id}/history', {
          params: { path: { id: of.id }, query: { limit: 100, ...(pageParam === undefined ? {} : { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
  if (pages.error !== null) return <ProblemAlert refused={asRefused(pages.error)} again={() => void pages.refetch()} />;
  if (pages.data === undefined) return <Skeleton active />;
  const events = pages.data.pages.flatMap(({ items }) => items);
  return (
    <>
      <Timeline
        items={events.map((event) => ({
          key: event.seq,
          content: <OneEvent event={event} cite={citeOf(machine, event.type)} />,
        }))}
      />
      {pages.hasNextPage && (
        <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {say({ zh: '继续加载', en: 'More' })}
        </Button>
      )}
    </>
  );
}

const isEmpty = (value: object): boolean => Object.keys(value).length === 0;

function OneEvent({ event, cite }: { readonly event: Event; readonly cite: Cite | null }) {
  const { say } = useLanguage();
  const { reason } = event.data as { reason?: unknown };
  const details = { ...(isEmpty(event.data) ? {} : { data: event.data }), ...(isEmpty(event.stamp) ? {} : { stamp: event.stamp }) };
  return (
    <div className="event">
      <div>
        <strong>{say(event.label)}</strong> <span className="soft">{say(roleLabel(event.role))}</span> <Moment at={event.at} />
        {event.on === event.at.slice(0, 10) ? null : (
          <>
            {' '}
            {say({ zh: '发生于', en: 'true of' })} <Day date={event.on} />
          </>
        )}{' '}
        {cite === null ? null : <Clause cite={cite} />}
      </div>
      {typeof reason === 'string' && <p className="reason">{reason}</p>}
      <Collapse
        ghost
        size="small"
        items={[
          {
            key: 'details',
            label: `${say({ zh: '第 {seq} 号 · 哈希', en: 'No. {seq} · hash' }, { seq: event.seq })} ${event.hash.slice(0, 12)}…`,
            children: <pre className="code">{JSON.stringify({ ...details, hash: event.hash, prevHash: event.prevHash }, null, 2)}</pre>,
          },
        ]}
      />
    </div>
  );
}
