import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, good, keyed } from '../api/client.js';
import type { Case } from '../case/case.js';
import { Clause } from '../pieces/clause.js';
import { Money } from '../pieces/money.js';
import { StateTag } from '../pieces/state-tag.js';
import { Day } from '../pieces/when.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import { Decide, type Decision } from './propose.js';
import { type Recovery, touchedBy, useSetOffs } from './recovery.js';

const about: Readonly<Record<string, Text>> = {
  'recovery.instalmentsAgreed': { zh: '建议分期退还', en: 'instalments proposed' },
  'recovery.writtenOff': { zh: '建议核销', en: 'write-off proposed' },
  'recovery.setOff': { zh: '建议抵扣', en: 'set-off proposed' },
};

type Props = { readonly recovery: Recovery; readonly of: Case; readonly me: string; readonly role: string };
type Told = {
  readonly amountFen?: string;
  readonly instalments?: Recovery['instalments'];
  readonly payingCase?: string;
  readonly disbursement?: string;
};
type Said = { readonly reason?: string; readonly cite?: string; readonly correction?: { readonly data?: Told } };

/** What somebody proposed about this debt, word for word; another person confirms or dismisses it. */
export function Proposals({ recovery, of, me, role }: Props) {
  const open = of.proposals.filter(({ type }) => about[type] !== undefined);
  const { data: history } = useQuery({
    queryKey: ['case', of.id, 'proposals', of.version],
    enabled: open.length > 0,
    queryFn: () => good(api.GET('/api/v1/cases/{id}/history', { params: { path: { id: of.id }, query: { limit: 200 } } })),
  });
  return open.map((proposal) => (
    <OneProposal
      key={proposal.proposal}
      recovery={recovery}
      proposal={proposal}
      said={(history?.items.find(({ seq }) => seq === proposal.proposal)?.data ?? {}) as Said}
      mayDecide={proposal.by !== me && decidersOf(proposal.type).includes(role)}
    />
  ));
}

/** A debt is given up by the supervisor alone. */
const decidersOf = (type: string): readonly string[] => (type === 'recovery.writtenOff' ? ['supervisor'] : ['approver', 'supervisor']);

type OneProps = {
  readonly recovery: Recovery;
  readonly proposal: Case['proposals'][number];
  readonly said: Said;
  readonly mayDecide: boolean;
};

function OneProposal({ recovery, proposal, said, mayDecide }: OneProps) {
  const { data, reason, cite } = { ...said, data: said.correction?.data };
  return (
    <section>
      <Decide
        mayDecide={mayDecide}
        waitsFor={
          proposal.type === 'recovery.writtenOff'
            ? { zh: '须由另一位主管确认。', en: 'Another person, a supervisor, must confirm.' }
            : { zh: '须由另一位审批人或主管确认。', en: 'Another approver or supervisor must confirm.' }
        }
        confirm={{ zh: '确认此建议', en: 'Confirm it' }}
        reject={{ zh: '不予采纳', en: 'Dismiss it' }}
        send={(decision, key) => decided(recovery, proposal, decision, key)}
        touches={touchedBy(recovery)}
      >
        <p>
          <StateTag tone="warn" label={about[proposal.type] ?? { zh: proposal.type, en: proposal.type }} />{' '}
          {data?.amountFen !== undefined && <Money fen={data.amountFen} />} {reason} <span className="soft">{cite}</span>
        </p>
        {data?.instalments != null && (
          <ol>
            {data.instalments.map((row) => (
              <li key={row.dueOn}>
                <Day date={row.dueOn} /> <Money fen={row.amountFen} />
              </li>
            ))}
          </ol>
        )}
        {data?.payingCase !== undefined && <KeptBackOf recovery={recovery} data={data} />}
      </Decide>
    </section>
  );
}

/** The payment that would shrink, and by how much. */
function KeptBackOf({ recovery, data }: { readonly recovery: Recovery; readonly data: Told }) {
  const { say } = useLanguage();
  const { data: known } = useSetOffs(recovery);
  const paying = known?.payments.find(({ disbursementId }) => disbursementId === data.disbursement);
  return (
    <p>
      {say({ zh: '自应付款中扣减：', en: 'kept back of: ' })}
      <Link className="in-text" to={`/desk/cases/${data.payingCase}`}>
        {paying?.caseNo ?? say({ zh: '该案件', en: 'this case' })}
      </Link>{' '}
      {paying !== undefined && (
        <>
          {say(paying.label)} <Money fen={paying.amountFen} /> {paying.cite !== null && <Clause cite={paying.cite} />}
        </>
      )}
    </p>
  );
}

function decided(recovery: Recovery, { proposal, type }: Case['proposals'][number], decision: Decision, key: string) {
  const params = { path: { id: recovery.id }, header: keyed(key) };
  const asked = { params, body: { proposal } };
  if (decision === 'reject')
    return good(
      api.POST('/api/v1/cases/{id}/events', {
        params: { path: { id: recovery.caseId }, header: keyed(key) },
        body: { type: 'correction.dismissed', data: { proposal } },
      }),
    );
  if (type === 'recovery.writtenOff') return good(api.POST('/api/v1/recoveries/{id}/write-off', asked));
  if (type === 'recovery.setOff') return good(api.POST('/api/v1/recoveries/{id}/set-offs', asked));
  return good(api.POST('/api/v1/recoveries/{id}/instalments', asked));
}
