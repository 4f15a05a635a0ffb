import './tranches.css';
import type { Schemas } from '../api/client.js';
import { useLanguage } from '../text/language.js';
import { Clause } from './clause.js';
import { DeadlineLine } from './deadline.js';
import { Money } from './money.js';
import { StateTag, trancheTone } from './state-tag.js';
import { Day } from './when.js';

export type Tranche = Schemas['Tranche'];

/** What was paid, what is due by which day under which clause, in the order of the plan. A refund nobody owes is left out. */
export function TrancheTimeline({ tranches, compact = false }: { readonly tranches: readonly Tranche[]; readonly compact?: boolean }) {
  const { say } = useLanguage();
  const shown = tranches.filter(({ kind, state, paidFen }) => kind !== 'refund' || state !== 'locked' || paidFen !== '0');
  return (
    <ol className={compact ? 'tranches compact' : 'tranches'}>
      {shown.map((tranche) => (
        <li key={tranche.id} className={`tranche tranche-${tranche.state}`}>
          <div className="tranche-head">
            <strong>{say(tranche.label)}</strong>
            <StateTag tone={trancheTone[tranche.state]} label={tranche.stateLabel} />
          </div>
          <div className="tranche-money">
            <Money fen={tranche.state === 'paid' ? tranche.paidFen : tranche.amountFen} />
          </div>
          <div className="tranche-when">
            {tranche.state === 'paid' ? (
              <>
                {say({ zh: '到账', en: 'Arrived' })} <Day date={tranche.paidOn} />
              </>
            ) : tranche.due === null ? (
              <span className="soft">{say({ zh: '尚未开始计时', en: 'No clock is running yet' })}</span>
            ) : (
              <>
                {say({ zh: '最迟', en: 'By' })} <DeadlineLine deadline={tranche.due} />
              </>
            )}
          </div>
          {tranche.setOffFen !== undefined && (
            <div className="soft">
              {say({ zh: '其中抵扣应退款', en: 'of it kept back for a debt' })} <Money fen={tranche.setOffFen} />
            </div>
          )}
          {!compact && <Clause cite={tranche.cite} />}
          {tranche.reason !== undefined && <div className="tranche-reason">{tranche.reason}</div>}
        </li>
      ))}
    </ol>
  );
}
