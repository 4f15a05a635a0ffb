import { useQuery } from '@tanstack/react-query';
import { Alert, Skeleton } from 'antd';
import { api, good } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import type { Case } from '../case/case.js';
import { Rules } from '../case/explanation.js';
import { Clause } from '../pieces/clause.js';
import { Money } from '../pieces/money.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { useLanguage } from '../text/language.js';

/** The explanation of a case; the case page asks under the same key. */
export const useExplanation = (of: Pick<Case, 'id' | 'version'>) =>
  useQuery({
    queryKey: ['case', of.id, 'explanation', of.version],
    queryFn: () => good(api.GET('/api/v1/cases/{id}/explanation', { params: { path: { id: of.id } } })),
  });

const tones = { true: 'success', false: 'error', null: 'warning' } as const;

/** May it be granted, and how much: every condition ✓ or ✗ with its clause, what is unmet first, then the amounts. */
export function Eligibility({ of }: { readonly of: Case }) {
  const { say } = useLanguage();
  const { data, error, refetch } = useExplanation(of);
  if (error !== null) return <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />;
  if (data === undefined) return <Skeleton active />;
  const results = data.rules.map(({ result }) => result);
  const worst = results.includes(false) ? 'false' : results.includes(null) ? 'null' : 'true';
  const rank = (result: boolean | null) => (result === false ? 0 : result === null ? 1 : 2);
  return (
    <div className="eligible">
      <Alert type={tones[worst]} showIcon title={say(data.summary)} />
      {data.missing.length > 0 && (
        <p>
          <strong>{say({ zh: '尚未填报：', en: 'Not told yet: ' })}</strong>
          {data.missing.map(({ label }) => say(label)).join('、')}
        </p>
      )}
      <Rules rules={[...data.rules].sort((a, b) => rank(a.result) - rank(b.result))} policy={of.policy} />
      <ul className="rules">
        {Object.entries(data.amounts).map(([name, amount]) => (
          <li key={name}>
            {say(amount.label)} <Money fen={amount.fen} /> <Clause cite={amount.cite} />
          </li>
        ))}
      </ul>
    </div>
  );
}
