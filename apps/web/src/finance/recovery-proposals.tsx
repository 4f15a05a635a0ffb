import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { api, good, keyed } from '../api/client.js';
import { useWish } from '../api/wish.js';
import type { Case } from '../case/case.js';
import { Money } from '../pieces/money.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { StateTag } from '../pieces/state-tag.js';
import { Day } from '../pieces/when.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import { type Recovery, touchedBy } from './recovery.js';

const about: Readonly<Record<string, Text>> = {
  'recovery.instalmentsAgreed': { zh: '建议分期退还', en: 'instalments proposed' },
  'recovery.writtenOff': { zh: '建议核销', en: 'write-off proposed' },
};

type Props = { readonly recovery: Recovery; readonly of: Case; readonly me: string; readonly decides: boolean };
type Said = {
  readonly reason?: string;
  readonly cite?: string;
  readonly correction?: { readonly data?: { readonly amountFen?: string; readonly instalments?: Recovery['instalments'] } };
};

/** What somebody proposed about this debt, word for word; another person confirms it. */
export function Proposals({ recovery, of, me, decides }: Props) {
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
      mayConfirm={decides && proposal.by !== me}
    />
  ));
}

type OneProps = {
  readonly recovery: Recovery;
  readonly proposal: Case['proposals'][number];
  readonly said: Said;
  readonly mayConfirm: boolean;
};

function OneProposal({ recovery, proposal, said, mayConfirm }: OneProps) {
  const { say } = useLanguage();
  const wish = useWish({
    send: (number: number, key) => {
      const asked = { params: { path: { id: recovery.id }, header: keyed(key) }, body: { proposal: number } };
      return good(
        proposal.type === 'recovery.writtenOff'
          ? api.POST('/api/v1/recoveries/{id}/write-off', asked)
          : api.POST('/api/v1/recoveries/{id}/instalments', asked),
      );
    },
    touches: touchedBy(recovery),
  });
  const { amountFen, instalments } = said.correction?.data ?? {};
  return (
    <section className="stack">
      <p>
        <StateTag tone="warn" label={about[proposal.type] ?? { zh: proposal.type, en: proposal.type }} />{' '}
        {amountFen !== undefined && <Money fen={amountFen} />} {said.reason} <span className="soft">{said.cite}</span>
      </p>
      {instalments != null && (
        <ol>
          {instalments.map((row) => (
            <li key={row.dueOn}>
              <Day date={row.dueOn} /> <Money fen={row.amountFen} />
            </li>
          ))}
        </ol>
      )}
      {mayConfirm ? (
        <div className="actions">
          <Button type="primary" loading={wish.isPending} onClick={() => wish.mutate(proposal.proposal)}>
            {say({ zh: '确认此建议', en: 'Confirm it' })}
          </Button>
        </div>
      ) : (
        <p className="soft">{say({ zh: '须由另一位有权人确认。', en: 'Another person who may must confirm.' })}</p>
      )}
      <ProblemAlert refused={wish.error} />
    </section>
  );
}
