import { tablesOfCases } from './of-cases.js';
import { tablesOfTheHouse } from './of-house.js';
import { tablesOfMoney } from './of-money.js';
import type { VouchedTables } from './vouching.js';

export { vouchedPage } from './page.js';
export type { VouchedTables, Vouching } from './vouching.js';

/** Every table of the database, and how a verification vouches for it. A test holds it against the schema. */
export const vouchedTables: VouchedTables = { ...tablesOfCases, ...tablesOfMoney, ...tablesOfTheHouse };
