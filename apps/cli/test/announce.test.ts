import { describe, expect, it } from '@jest/globals';
import { sandboxPeople } from '@tranche/casework';
import { ACCOUNTS, announcement } from '../src/up/announce.js';

describe('the announcement', () => {
  it('names exactly the accounts that the sandbox has', () => {
    expect(ACCOUNTS.map(({ username }) => username).sort()).toEqual(sandboxPeople.map(({ role }) => role).sort());
  });

  it('says where it is, how to sign in and how to stop, in Chinese and English', () => {
    const lines = announcement({ address: 'http://127.0.0.1:3000', password: 'one-of-ours', bank: 'http://127.0.0.1:4000', notices: [] });
    expect(lines.join('\n')).toMatch(
      /分期拨已启动 · Tranche is running: {2}http:\/\/127\.0\.0\.1:3000\n[\s\S]*one-of-ours\n[\s\S]*按 Ctrl-C 停止 · Ctrl-C stops everything/,
    );
  });
});
