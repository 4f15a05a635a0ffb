import { Link } from 'react-router';
import { sumFen } from '../pieces/fen.js';
import { Money } from '../pieces/money.js';
import { useLanguage } from '../text/language.js';
import { type DistrictRow, percent } from './figures.js';
import './oversight.css';

/** Four figures of some districts together. */
export function Figures({ districts }: { readonly districts: readonly DistrictRow[] }) {
  const { say } = useLanguage();
  const count = (of: 'kept' | 'broken' | 'open') => districts.reduce((sum, row) => sum + row[of], 0);
  const share = percent(BigInt(count('kept')), BigInt(count('kept') + count('broken')));
  return (
    <dl className="figures">
      <div className="figure">
        <dt>{say({ zh: '本年按期支付率', en: 'In time this year' })}</dt>
        <dd>{share === null ? '—' : `${share}%`}</dd>
      </div>
      <div className="figure">
        <dt>{say({ zh: '确认逾期', en: 'Broken limits' })}</dt>
        <dd>
          <Link to="/desk/oversight/breaches">{count('broken')}</Link>
        </dd>
      </div>
      <div className="figure">
        <dt>{say({ zh: '预拨未核销', en: 'Advances outstanding' })}</dt>
        <dd>
          <Money fen={sumFen(districts.map(({ advancesFen }) => advancesFen))} />
        </dd>
      </div>
      <div className="figure">
        <dt>{say({ zh: '90 天内需支付', en: 'Asked for within 90 days' })}</dt>
        <dd>
          <Money fen={sumFen(districts.map(({ forecastFen }) => forecastFen))} />
        </dd>
      </div>
    </dl>
  );
}
