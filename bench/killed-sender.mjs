// A worker that dies with the bank's answers in its hands: sent by bench/month-end.mjs, ends by SIGKILL.

import { httpBank } from '@tranche/bank';
import { bankRail, killAt, makeHouse, runEffects } from '@tranche/casework';
import { openDatabase } from '@tranche/database';
import { PER_CALL, timing } from './month-end-bank.mjs';

const [url, bankUrl] = process.argv.slice(2);
const database = openDatabase({ url, applicationName: 'tranche-bench-killed', max: 4 });
const bank = bankRail(httpBank({ baseUrl: bankUrl, timeoutMs: timing.timeoutMs, perCall: PER_CALL }), timing);
await runEffects(makeHouse({ database, bank, outboxLeaseMs: 1_000, checkpoint: killAt('after-send-before-record') }), 'killed');
