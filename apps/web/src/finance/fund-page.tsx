import { Skeleton } from 'antd';
import { Link, useParams } from 'react-router';
import { asRefused } from '../api/problem.js';
import { Money } from '../pieces/money.js';
import { placeName } from '../pieces/places.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { StateTag } from '../pieces/state-tag.js';
import { useLanguage } from '../text/language.js';
import { Appropriations } from './appropriations.js';
import './finance.css';
import { type Fund, figures, figureWords, useFund } from './fund.js';
import { FundClosings } from './fund-closings.js';

/** A fund of one year: its figures, the papers that gave it money or took it back, and the end of its year. */
export function FundPage() {
  const { id = '' } = useParams();
  const { data: fund, error, refetch } = useFund(id);
  if (fund === undefined)
    return error === null ? <Skeleton active /> : <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />;
  return (
    <div className="stack">
      <Head fund={fund} />
      <Appropriations fund={fund} />
      <FundClosings fund={fund} />
    </div>
  );
}

function Head({ fund }: { readonly fund: Fund }) {
  const { say } = useLanguage();
  return (
    <>
      <div className="page-head">
        <h1>
          {fund.code}/{fund.fiscalYear} {say(fund.name)}
        </h1>
        {fund.closedOn !== null && <StateTag tone="calm" label={{ zh: `已年结 ${fund.closedOn}`, en: `closed ${fund.closedOn}` }} />}
        <span className="page-head-end">
          <Link className="in-text" to={`/desk/finance/books?fund=${fund.id}&year=${fund.fiscalYear}`}>
            {say({ zh: '本项资金的账簿', en: 'Its books' })}
          </Link>
        </span>
      </div>
      <p className="soft">
        {say(placeName(fund.district))} · {say({ zh: '付款户', en: 'paid from' })} {fund.debtorName} <code>{fund.debtorAccountMasked}</code>
      </p>
      <dl className="figures">
        {figures.map((name) => (
          <div key={name}>
            <dt>{say(figureWords[name])}</dt>
            <dd>
              <Money fen={fund[name]} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
