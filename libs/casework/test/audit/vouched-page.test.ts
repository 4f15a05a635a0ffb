import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { vouchedPage } from '@tranche/casework';

const path = fileURLToPath(new URL('../../../../docs/verification.md', import.meta.url));
const begin = '<!-- from here on generated: UPDATE_GOLDEN=1 npx jest libs/casework/test/audit/vouched-page -->';

describe('the page on verification', () => {
  it('shows how every table is vouched for, as the code has it', () => {
    const page = readFileSync(path, 'utf8');
    const [ours = ''] = page.split(begin);
    const wanted = `${ours}${begin}\n\n${vouchedPage()}`;
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, wanted);
    else expect(page).toBe(wanted);
  });
});
