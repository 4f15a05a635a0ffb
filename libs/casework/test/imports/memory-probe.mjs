// Child process of capacity.test.ts: prepares one roster file with the compiled library and prints what it cost.
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { generateKeyFile, parseKeyFile } from '../../dist/field-cipher.js';
import { prepareRoster } from '../../dist/imports/index.js';

const path = process.argv[2];
const { keys } = parseKeyFile(generateKeyFile(randomBytes));
const started = performance.now();
const prepared = await prepareRoster(readFileSync(path), {
  caseId: randomUUID(),
  organisationId: randomUUID(),
  district: '210202',
  fileName: basename(path),
  uploadedBy: 'probe',
  recordedAt: '2020-11-25T09:00:00+08:00',
  newId: randomUUID,
  keys,
  randomBytes,
  claims: {
    policyId: 'training-subsidy-staged',
    groups: [{ group: 'training-subsidy', permitted: false }],
    period: { startsOn: '2020-11-30', endsOn: '2020-12-31' },
  },
});
const seconds = (performance.now() - started) / 1000;
const result = prepared.ok ? prepared.event.facts.enrolled.map(({ count }) => count) : prepared.code;
console.log(JSON.stringify({ result, seconds, rssMebibytes: process.resourceUsage().maxRSS / 1024 }));
