import { Button, Card, Empty, Modal } from 'antd';
import { useState } from 'react';
import { api, good, keyed } from '../api/client.js';
import { Money } from '../pieces/money.js';
import { PagedTable } from '../pieces/paged-table.js';
import { StateTag } from '../pieces/state-tag.js';
import { Moment } from '../pieces/when.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import { AppropriationForm } from './appropriation-form.js';
import {
  type Appropriation,
  afterPaper,
  anotherDecides,
  decidesPapers,
  type Fund,
  kindWords,
  paperStates,
  personWords,
  proposesPapers,
  touchedByPapers,
} from './fund.js';
import { FundEffect } from './fund-effect.js';
import { Decide, type Decision } from './propose.js';

/** The papers that gave this fund its money or took it back, the newest first; proposed by one person, decided by another. */
export function Appropriations({ fund }: { readonly fund: Fund }) {
  const { say } = useLanguage();
  const { data: person } = useSession();
  const [proposing, setProposing] = useState(false);
  const [chosen, setChosen] = useState<Appropriation | null>(null);
  return (
    <Card
      size="small"
      title={say({ zh: '指标文件', en: 'Budget documents' })}
      extra={
        proposesPapers(person?.role) && (
          <Button size="small" type="primary" disabled={proposing} onClick={() => setProposing(true)}>
            {say({ zh: '提出', en: 'Propose' })}
          </Button>
        )
      }
    >
      {proposing && <AppropriationForm fund={fund} onDone={() => setProposing(false)} />}
      <PagedTable<Appropriation>
        label={say({ zh: '指标文件', en: 'Budget documents' })}
        queryKey={['fund', fund.id, 'appropriations']}
        load={(cursor) =>
          good(
            api.GET('/api/v1/funds/{id}/appropriations', {
              params: { path: { id: fund.id }, query: cursor === undefined ? {} : { cursor } },
            }),
          )
        }
        rowKey={({ id }) => id}
        empty={<Empty description={say({ zh: '还没有下达指标', en: 'No budget yet' })} />}
        columns={[
          {
            title: say({ zh: '文号', en: 'Document' }),
            render: (_, row) => (
              <>
                <div className="wrap">{row.documentNo}</div>
                {row.state === 'proposed' && (
                  <Button size="small" type="primary" onClick={() => setChosen(row)}>
                    {say({ zh: '审看', en: 'Review' })}
                  </Button>
                )}
              </>
            ),
          },
          { title: say({ zh: '事项', en: 'What' }), render: (_, { kind }) => say(kindWords[kind]) },
          { title: say({ zh: '金额', en: 'Amount' }), align: 'right', render: (_, { amountFen }) => <Money fen={amountFen} /> },
          {
            title: say({ zh: '状态', en: 'State' }),
            render: (_, { state }) => <StateTag tone={paperStates[state][0]} label={paperStates[state][1]} />,
          },
          { title: say({ zh: '提出人', en: 'Proposed by' }), render: (_, row) => say(personWords(row.proposedBy, person?.id)) },
          { title: say({ zh: '决定人', en: 'Decided by' }), render: (_, row) => say(personWords(row.approvedBy, person?.id)) },
          { title: say({ zh: '登记时间', en: 'Recorded' }), render: (_, row) => <Moment at={row.recordedAt} /> },
        ]}
      />
      {chosen !== null && <Review fund={fund} paper={chosen} onClose={() => setChosen(null)} />}
    </Card>
  );
}

type ReviewProps = { readonly fund: Fund; readonly paper: Appropriation; readonly onClose: () => void };

/** One paper held against the fund as it stands; another person than who proposed it decides. */
function Review({ fund, paper, onClose }: ReviewProps) {
  const { say } = useLanguage();
  const { data: person } = useSession();
  return (
    <Modal open width={620} title={say(kindWords[paper.kind])} footer={null} onCancel={onClose} destroyOnHidden>
      <Decide
        mayDecide={decidesPapers(person?.role) && paper.proposedBy !== person?.id}
        waitsFor={anotherDecides}
        confirm={{ zh: '批准并记账', en: 'Approve and post' }}
        send={(decision, key) => decided(fund, paper, decision, key)}
        touches={touchedByPapers(fund.id)}
        onDone={onClose}
      >
        <p>
          <strong>{paper.documentNo}</strong> <Money fen={paper.amountFen} />{' '}
          <span className="soft">
            {say({ zh: '提出人：', en: 'proposed by ' })}
            {say(personWords(paper.proposedBy, person?.id))}
          </span>
        </p>
        <FundEffect fund={fund} after={afterPaper(fund, paper)} />
      </Decide>
    </Modal>
  );
}

function decided({ id }: Fund, paper: Appropriation, decision: Decision, key: string) {
  const params = { path: { id, appropriationId: paper.id }, header: keyed(key) };
  return decision === 'confirm'
    ? good(api.POST('/api/v1/funds/{id}/appropriations/{appropriationId}/approve', { params }))
    : good(api.POST('/api/v1/funds/{id}/appropriations/{appropriationId}/reject', { params }));
}
