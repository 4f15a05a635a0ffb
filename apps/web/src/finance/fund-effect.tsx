import { Alert } from 'antd';
import { Money } from '../pieces/money.js';
import { useLanguage } from '../text/language.js';
import { type Figure, type Fund, figures, figureWords } from './fund.js';

type Props = { readonly fund: Fund; readonly after: Readonly<Record<Figure, string>> };

/** What a decision does to the fund, figure by figure; one that would fall below zero is said before somebody tries. */
export function FundEffect({ fund, after }: Props) {
  const { say } = useLanguage();
  const short = figures.some((name) => after[name].startsWith('-'));
  return (
    <>
      <table className="compared">
        <thead>
          <tr>
            <th scope="col">{say({ zh: '项目（元）', en: 'Figure (yuan)' })}</th>
            <th scope="col" className="amount">
              {say({ zh: '现在', en: 'Now' })}
            </th>
            <th scope="col" className="amount">
              {say({ zh: '批准后', en: 'Once approved' })}
            </th>
          </tr>
        </thead>
        <tbody>
          {figures.map((name) => (
            <tr key={name}>
              <th scope="row">{say(figureWords[name])}</th>
              <td className="amount">
                <Money fen={fund[name]} plain />
              </td>
              <td className={fund[name] === after[name] ? 'amount' : 'amount differs'}>
                <Money fen={after[name]} plain />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {short && (
        <Alert
          type="warning"
          showIcon
          title={say({
            zh: '余额不够：按现在的数字，批准会被拒绝。可先否决，再按可用金额另行提出。',
            en: 'Not enough is left: as things stand an approval will be refused. Turn it down and propose what is left.',
          })}
        />
      )}
    </>
  );
}
