import { useQuery } from '@tanstack/react-query';
import { Card } from 'antd';
import { api, good, type Schemas } from '../api/client.js';
import type { Case } from '../case/case.js';
import { Countdown } from '../pieces/deadline.js';
import { StateTag, type Tone } from '../pieces/state-tag.js';
import { Day } from '../pieces/when.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import { useExplanation } from './eligibility.js';
import { NoticeSheet } from './notice-sheet.js';

export type Notice = Schemas['Notice'];

export const noticeStates: Readonly<Record<Notice['state'], readonly [Tone, Text]>> = {
  posted: ['busy', { zh: '公示中', en: 'posted' }],
  clear: ['good', { zh: '公示期满无异议', en: 'ended without objection' }],
  withdrawn: ['calm', { zh: '已撤回', en: 'withdrawn' }],
};

/** What the public will read before it is posted, and what it reads now; the notice closes by itself when its days are over. */
export function CaseNotice({ of }: { readonly of: Case }) {
  const { say } = useLanguage();
  const mayPost = of.allowedEvents.some(({ type }) => type === 'notice.posted');
  const posted = useQuery({
    queryKey: ['notices', { caseId: of.id, version: of.version }],
    enabled: of.notice !== null || mayPost,
    queryFn: () => good(api.GET('/api/v1/notices', { params: { query: { caseId: of.id } } })),
  });
  if (!mayPost && (posted.data?.items.length ?? 0) === 0) return null;
  return (
    <Card size="small" title={say({ zh: '公示', en: 'Public notice' })}>
      <div className="stack">
        {mayPost && <Draft of={of} />}
        {posted.data?.items.map((notice) => (
          <Posted key={notice.id} notice={notice} />
        ))}
      </div>
    </Card>
  );
}

function Draft({ of }: { readonly of: Case }) {
  const { say } = useLanguage();
  const { data } = useExplanation(of);
  const amounts = Object.fromEntries(Object.entries(data?.amounts ?? {}).map(([name, { fen }]) => [name, fen]));
  const labels = Object.fromEntries(Object.entries(data?.amounts ?? {}).map(([name, { label }]) => [name, label]));
  return (
    <section aria-label={say({ zh: '公示预览', en: 'Preview of the notice' })}>
      <p>
        {say({
          zh: '以下是公众将看到的全部内容：不含姓名、证件号和账号。核对无误后，在“办理”中选择“发布公示”。',
          en: 'This is all the public will read: no names, no identity or account numbers. If it is right, post it under “Decide”.',
        })}
      </p>
      <NoticeSheet caseNo={of.caseNo} title={of.policy.title} version={of.policy.version} amounts={amounts} labels={labels} />
    </section>
  );
}

export function Posted({ notice }: { readonly notice: Notice }) {
  const { say } = useLanguage();
  const [tone, label] = noticeStates[notice.state];
  return (
    <div>
      <strong>{notice.publicNo}</strong> <StateTag tone={tone} label={label} /> <Day date={notice.postedOn} /> —{' '}
      <Day date={notice.endsOn} /> {notice.state === 'posted' && <Countdown lastDay={notice.endsOn} />}{' '}
      {notice.openObjections > 0 && (
        <StateTag tone="warn" label={{ zh: `${notice.openObjections} 件异议未决`, en: `${notice.openObjections} objections open` }} />
      )}
      <div className="soft">
        {say(
          {
            zh: '公示 {days} 个工作日，期满无未决异议时自动结束。',
            en: '{days} working days; it ends by itself when they are over and no objection is open.',
          },
          { days: notice.workingDays },
        )}
      </div>
    </div>
  );
}
