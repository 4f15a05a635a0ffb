import { useQuery } from '@tanstack/react-query';
import { Card, Skeleton, Table } from 'antd';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { Decide, ProposeInWords } from '../finance/propose.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { StateTag, type Tone } from '../pieces/state-tag.js';
import { Day } from '../pieces/when.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import { type Organisation, type OrganisationStatus, touchedBy } from './organisation.js';

type Change = Schemas['StatusChange'];

const wanted: Readonly<Record<OrganisationStatus, Text>> = {
  suspended: { zh: '暂停', en: 'suspend' },
  active: { zh: '恢复', en: 'end the suspension' },
};
const states: Readonly<Record<Change['state'], readonly [Tone, Text]>> = {
  proposed: ['warn', { zh: '待批准', en: 'to be decided' }],
  approved: ['good', { zh: '已批准', en: 'approved' }],
  rejected: ['calm', { zh: '未批准', en: 'turned down' }],
};

/** Whether it opens cases and is paid: a suspension, or its end, is proposed by one person with a reason and decided by another. */
export function Suspension({ of }: { readonly of: Organisation }) {
  const { say } = useLanguage();
  const { data, error, refetch } = useQuery({
    queryKey: ['organisation', of.id, 'status-changes'],
    queryFn: () => good(api.GET('/api/v1/organisations/{id}/status-changes', { params: { path: { id: of.id } } })),
  });
  const open = data?.items.find(({ state }) => state === 'proposed');
  const decided = data?.items.filter(({ state }) => state !== 'proposed') ?? [];
  return (
    <Card size="small" title={say({ zh: '暂停与恢复', en: 'Suspension' })}>
      <div className="stack">
        <p>
          {say(
            of.status === 'active'
              ? {
                  zh: '目前正常。暂停后不能立案，不再预占，也不付款；已立的案件和已到账的款项不变。',
                  en: 'It is active. Once suspended it opens no case and is promised and paid nothing; its cases, and what was paid, stay.',
                }
              : {
                  zh: '已暂停：不能立案，不再预占，也不付款，直至两人办理恢复。应付款项保留，恢复后再付。',
                  en: 'It is suspended: it opens no case and is promised and paid nothing until two people end that. What is due is kept.',
                },
          )}
        </p>
        {error !== null && <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />}
        {data === undefined ? (
          error === null && <Skeleton active />
        ) : (
          <>
            {open === undefined ? <ProposeChange of={of} /> : <DecideChange of={of} change={open} />}
            {decided.length > 0 && <Changes items={decided} />}
          </>
        )}
      </div>
    </Card>
  );
}

function ProposeChange({ of: { id, status } }: { readonly of: Organisation }) {
  const { say } = useLanguage();
  const { data: person } = useSession();
  if (person?.role !== 'officer' && person?.role !== 'supervisor')
    return (
      <p className="soft">
        {say({
          zh: '由人社受理或主管提出，另一位审批人或主管决定。',
          en: 'A case officer or supervisor proposes, another approver or supervisor decides.',
        })}
      </p>
    );
  const next = status === 'active' ? 'suspended' : 'active';
  return (
    <ProposeInWords
      draft={`organisation ${id} ${next}`}
      title={next === 'suspended' ? { zh: '提出暂停', en: 'Propose to suspend' } : { zh: '提出恢复', en: 'Propose to end the suspension' }}
      label={{ zh: '理由', en: 'Reason' }}
      missing={{ zh: '请写明理由。', en: 'Say why.' }}
      field="reason"
      maxLength={500}
      send={(reason, key) =>
        good(
          api.POST('/api/v1/organisations/{id}/status-changes', {
            params: { path: { id }, header: keyed(key) },
            body: { status: next, reason },
          }),
        )
      }
      touches={touchedBy(id)}
      onDone={nothingElse}
    />
  );
}

const nothingElse = () => undefined;

function DecideChange({ of: { id }, change }: { readonly of: Organisation; readonly change: Change }) {
  const { say } = useLanguage();
  const { data: person } = useSession();
  const decides = person?.role === 'approver' || person?.role === 'supervisor';
  const own = change.proposedBy === person?.id;
  return (
    <Decide
      mayDecide={decides && !own}
      waitsFor={
        own
          ? { zh: '由您提出，须由另一位审批人或主管决定。', en: 'You proposed it; another approver or supervisor decides.' }
          : { zh: '须由另一位审批人或主管决定。', en: 'Another approver or supervisor decides.' }
      }
      confirm={change.status === 'suspended' ? { zh: '批准暂停', en: 'Suspend' } : { zh: '批准恢复', en: 'End the suspension' }}
      reject={{ zh: '不批准', en: 'Turn it down' }}
      danger={change.status === 'suspended'}
      send={(decision, key) => {
        const params = { path: { id, changeId: change.id }, header: keyed(key) };
        return decision === 'confirm'
          ? good(api.POST('/api/v1/organisations/{id}/status-changes/{changeId}/approve', { params }))
          : good(api.POST('/api/v1/organisations/{id}/status-changes/{changeId}/reject', { params }));
      }}
      touches={touchedBy(id)}
    >
      <p>{say({ zh: '待决定：{what}', en: 'To be decided: {what}' }, { what: say(wanted[change.status]) })}</p>
      <blockquote className="said">{change.reason}</blockquote>
    </Decide>
  );
}

/** What was decided before, newest first. */
function Changes({ items }: { readonly items: readonly Change[] }) {
  const { say } = useLanguage();
  return (
    <Table<Change>
      size="small"
      pagination={items.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
      rowKey="id"
      dataSource={items}
      columns={[
        {
          title: say({ zh: '事项与理由', en: 'What and why' }),
          render: (_, { status, reason }) => (
            <>
              <strong>{say(wanted[status])}</strong>
              <div className="soft wrap">{reason}</div>
            </>
          ),
        },
        {
          title: say({ zh: '结果', en: 'Outcome' }),
          width: 130,
          render: (_, { state, decidedOn }) => (
            <>
              <StateTag tone={states[state][0]} label={states[state][1]} />
              {decidedOn !== null && (
                <div className="soft">
                  <Day date={decidedOn} />
                </div>
              )}
            </>
          ),
        },
      ]}
    />
  );
}
