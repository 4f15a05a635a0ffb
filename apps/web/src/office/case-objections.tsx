import { useQuery } from '@tanstack/react-query';
import { Button, Card } from 'antd';
import { useState } from 'react';
import { api, good, type Schemas } from '../api/client.js';
import type { Case } from '../case/case.js';
import { EventForm } from '../event-form/event-form.js';
import { Countdown } from '../pieces/deadline.js';
import { StateTag, type Tone } from '../pieces/state-tag.js';
import { Day } from '../pieces/when.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';

export type Objection = Schemas['Objection'];

/** Decided beside the objection they are about. */
export const decisions: readonly string[] = ['objection.rejected', 'objection.upheld'];

export const objectionStates: Readonly<Record<Objection['state'], readonly [Tone, Text]>> = {
  open: ['warn', { zh: '待核查', en: 'open' }],
  upheld: ['bad', { zh: '异议成立', en: 'upheld' }],
  rejected: ['good', { zh: '异议不成立', en: 'rejected' }],
};

/** The objections to a case, each with its ground and the day it must be decided by; decided here by whoever may. */
export function CaseObjections({ of }: { readonly of: Case }) {
  const { say } = useLanguage();
  const told = useQuery({
    queryKey: ['objections', { caseId: of.id, version: of.version }],
    enabled: of.notice !== null,
    queryFn: () => good(api.GET('/api/v1/objections', { params: { query: { caseId: of.id } } })),
  });
  const items = told.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Card size="small" title={say({ zh: '异议', en: 'Objections' })}>
      <div className="stack">
        {items.map((objection) => (
          <OneObjection key={objection.id} of={of} objection={objection} />
        ))}
      </div>
    </Card>
  );
}

function OneObjection({ of, objection }: { readonly of: Case; readonly objection: Objection }) {
  const { say } = useLanguage();
  const [deciding, setDeciding] = useState<string | null>(null);
  const [tone, label] = objectionStates[objection.state];
  const mine = objection.state === 'open' ? of.allowedEvents.filter(({ type }) => decisions.includes(type)) : [];
  const event = mine.find(({ type }) => type === deciding);
  return (
    <article>
      <p>
        <strong>{objection.receiptNo}</strong> <StateTag tone={tone} label={label} /> {say({ zh: '提出', en: 'raised' })}{' '}
        <Day date={objection.raisedOn} />
        {objection.state === 'open' && objection.lastDay !== null && (
          <>
            {' '}
            {say({ zh: '最迟', en: 'by' })} <Day date={objection.lastDay} /> <Countdown lastDay={objection.lastDay} />
          </>
        )}
      </p>
      <p className="ground">{objection.ground}</p>
      {objection.contact !== null && <Reach contact={objection.contact} />}
      {objection.decision !== null && (
        <p>
          {say({ zh: '核查结论：', en: 'Decision: ' })}
          {objection.decision} <Day date={objection.decidedOn} />
        </p>
      )}
      {event === undefined ? (
        <div className="actions">
          {mine.map(({ type, label: name }) => (
            <Button key={type} onClick={() => setDeciding(type)}>
              {say(name)}
            </Button>
          ))}
        </div>
      ) : (
        <EventForm
          key={event.type}
          of={of}
          event={event}
          initial={{ objection: objection.id }}
          about={objection.id}
          onDone={() => setDeciding(null)}
          onCancel={() => setDeciding(null)}
        />
      )}
    </article>
  );
}

/** How whoever objected may be asked back: in full for whoever decides, masked for everybody else. */
function Reach({ contact: { phone, email, masked } }: { readonly contact: NonNullable<Objection['contact']> }) {
  const { say } = useLanguage();
  return (
    <p>
      {say({ zh: '异议人联系方式：', en: 'How to reach them: ' })}
      {[phone, email].filter((each) => each !== null).join(' · ')}{' '}
      <span className="soft">
        {masked
          ? say({ zh: '（核查人可见全文）', en: '(in full for whoever decides)' })
          : say({
              zh: '（仅供核查联系，请勿外传；决定满三十天后删除）',
              en: '(for asking back only; removed thirty days after the decision)',
            })}
      </span>
    </p>
  );
}
