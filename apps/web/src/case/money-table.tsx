import { Descriptions } from 'antd';
import { Money } from '../pieces/money.js';
import { useLanguage } from '../text/language.js';
import type { Case } from './case.js';

/** The figures of a case as the one money rule sees them. */
export function MoneyTable({ of }: { readonly of: Case }) {
  const { say } = useLanguage();
  const rows = [
    [{ zh: '预计补贴', en: 'Estimate' }, of.estimateFen],
    [{ zh: '核定补贴', en: 'Entitled' }, of.entitledFen],
    [{ zh: '已拨付', en: 'Paid' }, of.paidFen],
    [{ zh: '已追回', en: 'Recovered' }, of.recoveredFen],
    ...(of.setOffFen === undefined ? [] : ([[{ zh: '其中另案抵扣', en: 'of it set off' }, of.setOffFen]] as const)),
    ...(of.writtenOffFen === '0' ? [] : ([[{ zh: '已核销', en: 'Written off' }, of.writtenOffFen]] as const)),
    [{ zh: '尚可拨付', en: 'Still payable' }, of.payableFen],
    ...(of.recovery === null ? [] : ([[{ zh: '应退回', en: 'To be returned' }, of.recovery.outstandingFen]] as const)),
  ] as const;
  return (
    <Descriptions
      size="small"
      bordered
      column={{ xs: 1, sm: 2, md: 3 }}
      items={rows.map(([label, fen]) => ({ key: label.en, label: say(label), children: <Money fen={fen} /> }))}
    />
  );
}
