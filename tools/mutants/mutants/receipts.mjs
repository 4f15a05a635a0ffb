// What banks send back: reading, matching, two persons.

const reading = 'libs/bank/test/receipts/receipts.test.ts';
const importing = 'libs/casework/test/receipts/import.test.ts';
const controls = 'libs/database/test/receipt-controls.test.ts';
const migration = 'libs/database/migrations/0110-receipts.sql';

/** @type {readonly import('../catalogue.mjs').Mutant[]} */
export const receipts = [
  {
    name: 'parts-of-a-fen-rounded-off',
    zh: '不足一分的金额被舍去',
    en: 'parts of a fen are cut off instead of refused',
    file: 'libs/bank/src/receipts/values.ts',
    find: 'if (/[1-9]/.test(part.slice(2)))',
    replace: 'if (/[1-9]/.test(part.slice(9)))',
    test: [reading, 'an amount with a third decimal'],
  },
  {
    name: 'balance-not-compared',
    zh: '期初、发生额与期末余额不再核对',
    en: 'opening balance, lines and closing balance are not compared',
    file: 'libs/bank/src/receipts/statement.ts',
    find: 'opening.fen + open.creditFen - open.debitFen !== closing.fen',
    replace: 'opening.fen === null',
    test: [reading, 'a closing balance that the lines do not come to'],
  },
  {
    name: 'doctype-read-on',
    zh: '带 DOCTYPE 的文件继续解析',
    en: 'a file with a DOCTYPE is read on',
    file: 'libs/bank/src/receipts/sax-walk.ts',
    find: "throw new UnreadableReceipt('doctype-refused', parser.line, {",
    replace: "void new UnreadableReceipt('doctype-refused', parser.line, {",
    test: [reading, 'has a DOCTYPE'],
  },
  {
    name: 'second-debit-of-a-transfer-unnoticed',
    zh: '同一编号再次扣款不再提示',
    en: 'the same reference debited twice is not noticed',
    file: 'libs/casework/src/receipts/apply-lines.ts',
    find: "if (line.taken || inPage.has(line.transferId)) return 'matched-already';",
    replace: '',
    test: [importing, 'leaves to people what is not the booking it seems to be'],
  },
  {
    name: 'match-of-an-unsent-transfer-in-database',
    zh: '数据库允许匹配尚未到账的转账',
    en: 'the database takes a match of a transfer that has not settled',
    file: migration,
    find: `OR (a.kind = 'settled' AND t.state NOT IN ('settled', 'returned')) OR (a.kind = 'returned' AND t.state <> 'returned')`,
    replace: '',
    test: [controls, 'is the booking of its transfer'],
  },
  {
    name: 'line-confirmed-by-one-in-database',
    zh: '数据库允许一人认领明细',
    en: 'the database takes what only one person says of a line',
    file: migration,
    find: "IS DISTINCT FROM ('confirmed', a.line_id, a.kind, a.transfer_id, a.recovery_id) LIMIT 1",
    replace: 'IS DISTINCT FROM (p.state, a.line_id, a.kind, a.transfer_id, a.recovery_id) LIMIT 1',
    test: [controls, 'by people needs two of them'],
  },
  {
    name: 'release-before-the-day-is-closed',
    zh: '当日对账单未结即可释放',
    en: 'a transfer is released before its day is closed',
    file: migration,
    find: 'ELSIF coalesce(closed_until(account) < sent_on, true) THEN',
    replace: 'ELSIF false THEN',
    test: [importing, 'is released by two persons, once the closed statement'],
  },
];
