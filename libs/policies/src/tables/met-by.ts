import { type Grounds, text } from '../documents/document.js';
import type { Parameter } from '../policy.js';

/** The parameter that says which day of a payment its time limit is held against. */
export const MET_BY = 'deadlineMetBy';

/**
 * 「拨付」 within so many days: the day on which the money arrived, unless a place counts the day on which the bank was given the
 * instruction. Set once, it holds for every policy that pays through a bank.
 */
export const metBy = ({ open }: Pick<Grounds, 'open'>): Parameter => ({
  key: MET_BY,
  label: text('拨付时限以何日为准', 'the day of a payment that its time limit is held against'),
  value: 'credited',
  from: '2020-01-01',
  oneOf: [
    { value: 'credited', label: text('银行确认到账之日', 'the day on which the bank says it arrived') },
    { value: 'sent', label: text('指令送交银行之日（其后到账）', 'the day on which the bank was given it, once it has arrived') },
  ],
  shared: 'paymentDay',
  cite: open(
    text(
      '文件只写“拨付资金”，未说明以送交银行还是到账为准；默认以到账为准。',
      'The document says "pay" and not whether sending or arriving counts; by default it is the arrival.',
    ),
  ),
});
