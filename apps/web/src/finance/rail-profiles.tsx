import { useQuery } from '@tanstack/react-query';
import { Button, Card, Empty, Skeleton, Table } from 'antd';
import { useState } from 'react';
import { api, good } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { useLegalDay } from '../pieces/deadline.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { StateTag, type Tone } from '../pieces/state-tag.js';
import { Day } from '../pieces/when.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import { inForce, type RailProfile } from './rail-profile.js';
import { RailProfileDecision } from './rail-profile-decision.js';
import { RailProfileForm } from './rail-profile-form.js';
import { rails } from './words.js';

const states: Readonly<Record<RailProfile['state'], readonly [Tone, Text]>> = {
  proposed: ['warn', { zh: '待批准', en: 'to be approved' }],
  approved: ['calm', { zh: '已批准', en: 'approved' }],
  rejected: ['bad', { zh: '未批准', en: 'turned down' }],
};

/** What banks agreed with us about each way of paying: proposed by one, approved by another, in force from its day on and never edited. */
export function RailProfiles() {
  const { say } = useLanguage();
  const { data: person } = useSession();
  const today = useLegalDay();
  const [proposing, setProposing] = useState(false);
  const [chosen, setChosen] = useState<RailProfile | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ['rail-profiles'],
    queryFn: () => good(api.GET('/api/v1/rail-profiles')),
  });
  const items = data?.items ?? [];
  const stateOf = (row: RailProfile): readonly [Tone, Text] => {
    if (row.state !== 'approved' || today === undefined) return states[row.state];
    if (row.effectiveFrom > today) return ['busy', { zh: '待生效', en: 'to come into force' }];
    return inForce(items, row, today)?.id === row.id
      ? ['good', { zh: '执行中', en: 'in force' }]
      : ['calm', { zh: '已被取代', en: 'superseded' }];
  };
  const may = person?.role === 'maker' || person?.role === 'supervisor';
  return (
    <div className="stack">
      <div className="page-head">
        <h1>{say({ zh: '银行渠道参数', en: 'Terms of banks' })}</h1>
        {may && (
          <div className="page-head-end">
            <Button type="primary" disabled={proposing || data === undefined} onClick={() => setProposing(true)}>
              {say({ zh: '提出新参数', en: 'Propose new terms' })}
            </Button>
          </div>
        )}
      </div>
      {error !== null && <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />}
      {proposing && today !== undefined && (
        <Card size="small" title={say({ zh: '提出新参数（另一人批准后生效）', en: 'Propose new terms (another person approves them)' })}>
          <RailProfileForm known={items} today={today} onDone={() => setProposing(false)} />
        </Card>
      )}
      {data === undefined ? (
        error === null && <Skeleton active />
      ) : (
        <Table<RailProfile>
          size="small"
          pagination={items.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
          rowKey="id"
          dataSource={[...items].sort((a, b) => Number(b.state === 'proposed') - Number(a.state === 'proposed'))}
          locale={{ emptyText: <Empty /> }}
          columns={[
            {
              title: say({ zh: '渠道', en: 'Way' }),
              render: (_, row) => (
                <>
                  <strong>{say(rails[row.rail])}</strong>{' '}
                  <span className="soft">
                    {row.bankCode === null
                      ? say({ zh: '所有银行', en: 'every bank' })
                      : say({ zh: '{code} 银行', en: 'bank {code}' }, { code: row.bankCode })}
                  </span>
                  <div className="soft wrap">
                    {row.proposedBy === null ? say({ zh: '随系统交付的初始约定', en: 'as delivered' }) : row.reason}
                  </div>
                </>
              ),
            },
            {
              title: say({ zh: '生效日', en: 'From' }),
              width: 150,
              responsive: ['sm'],
              render: (_, row) => <Day date={row.effectiveFrom} />,
            },
            {
              title: say({ zh: '状态', en: 'State' }),
              width: 110,
              render: (_, row) => <StateTag tone={stateOf(row)[0]} label={stateOf(row)[1]} />,
            },
            {
              title: '',
              width: 90,
              render: (_, row) => (
                <Button size="small" {...(row.state === 'proposed' ? { type: 'primary' } : {})} onClick={() => setChosen(row)}>
                  {row.state === 'proposed' ? say({ zh: '审看', en: 'Review' }) : say({ zh: '查看', en: 'Look' })}
                </Button>
              ),
            },
          ]}
        />
      )}
      {chosen !== null && (
        <RailProfileDecision
          profile={chosen}
          before={chosen.state === 'proposed' ? inForce(items, chosen, chosen.effectiveFrom) : null}
          onClose={() => setChosen(null)}
        />
      )}
    </div>
  );
}
