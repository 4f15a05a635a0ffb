// Funds and their years, signatures by amount, accounts that were changed, codes from a device, the nightly proof.

const years = 'libs/database/migrations/0130-budget-years.sql';
const budget = 'libs/database/test/budget-controls.test.ts';
const postings = 'libs/ledger/test/postings.test.ts';
const yearEnd = 'libs/casework/test/year-end.test.ts';

/** @type {readonly import('../catalogue.mjs').Mutant[]} */
export const money = [
  {
    name: 'return-restores-the-old-year',
    zh: '跨年退回恢复旧年度指标',
    en: 'what comes back after the year restores the old budget',
    file: 'libs/ledger/src/postings.ts',
    find: `yearEnded && flow.kind !== 'requested'`,
    replace: `yearEnded && flow.kind === 'requested'`,
    test: [postings, 'gives the fund nothing that could be spent again'],
  },
  {
    name: 'year-of-the-fund-not-looked-at',
    zh: '记账时不看预算年度',
    en: 'the day of an event is not held against the year of its fund',
    file: 'libs/casework/src/post.ts',
    find: 'fundYears[fund]! < Number(on.slice(0, 4))',
    replace: 'fundYears[fund]! > Number(on.slice(0, 4))',
    test: [yearEnd, 'lets what nobody reserved lapse'],
  },
  {
    name: 'closed-year-spends',
    zh: '关账后仍可动用指标',
    en: 'a closed year may hold available budget',
    file: years,
    find: 'CHECK (NOT closed OR posted_fen = 0)',
    replace: 'CHECK (NOT closed OR posted_fen >= 0)',
    test: [budget, 'is final: no new budget'],
  },
  {
    name: 'year-closed-by-one',
    zh: '一人即可关账',
    en: 'one person closes a year',
    file: years,
    find: 'CONSTRAINT fund_closings_four_eyes CHECK (decided_by <> proposed_by)',
    replace: 'CONSTRAINT fund_closings_four_eyes CHECK (decided_by IS NULL OR proposed_by IS NOT NULL)',
    test: [budget, 'is proposed by one and decided by another'],
  },
  {
    name: 'year-closed-early',
    zh: '年度未结束即可关账',
    en: 'a year is closed before it is over',
    file: years,
    find: 'IF ended >= extract(year FROM legal_today()) OR',
    replace: 'IF ended < 0 OR',
    test: [budget, 'waits for the year to be over'],
  },
  {
    name: 'closing-not-as-posted',
    zh: '关账数与账面不符',
    en: 'a closing says other sums than the books',
    file: years,
    find: 'IF carried <> NEW.carried_fen OR NEW.lapsed_fen <>',
    replace: 'IF carried <> NEW.carried_fen AND NEW.lapsed_fen <>',
    test: [budget, 'says what the books say'],
  },
  {
    name: 'treasury-paid-too-much',
    zh: '上缴可以超过应缴',
    en: 'the treasury is paid more than is due to it',
    file: years,
    find: 'SELECT coalesce(sum(e.amount_fen), 0) > 0 FROM accounts a',
    replace: 'SELECT coalesce(sum(e.amount_fen), 0) > 1000000 FROM accounts a',
    test: [budget, 'is paid to it, and not a fen more'],
  },
  {
    name: 'year-of-a-payment-as-told',
    zh: '拨付年度由写入者决定',
    en: 'the year of a payment is whatever was written',
    file: years,
    find: 'SELECT f.fiscal_year INTO NEW.fund_year',
    replace: 'SELECT coalesce(NEW.fund_year, f.fiscal_year) INTO NEW.fund_year',
    test: [budget, 'is charged to the year of its fund'],
  },
];
