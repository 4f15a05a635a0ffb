import { randomBytes } from 'node:crypto';
import { type FirstAccount, type FirstAccounts, makeFirstAccounts } from '@tranche/casework';
import { openDatabase } from '@tranche/database';
import { v7 } from 'uuid';
import { migrateConfig, ownerUrlOf } from '../migrate/config.js';
import { hashPassword } from '../password.js';
import { report } from '../reporting.js';
import { StartProblem } from '../up/problem.js';

/** As the API takes user names. */
const userName = /^[a-z0-9][a-z0-9._-]{1,62}$/;

const words: Readonly<Record<FirstAccount['role'], string>> = {
  admin: '系统管理 · administrator',
  security: '安全管理 · security administrator',
};

/** Makes the two administrators in the database that the environment names (as for `tranche migrate`) and prints their secrets; answers the exit code. */
export async function runFirstAccounts(usernames: FirstAccounts): Promise<number> {
  try {
    const made = await firstAccounts(usernames);
    for (const { username, role, password, activationCode } of made) {
      console.log(`${words[role]}: ${username}`);
      console.log(`  初始密码 · first password: ${password}`);
      console.log(`  启用码 · activation code: ${activationCode}`);
    }
    console.log('以上只显示这一次，请分别密封交给本人；首次登录时须设定自己的密码。');
    console.log('Shown only now: hand each to its person, sealed. The first sign-in asks for a password of their own.');
    return 0;
  } catch (error) {
    report(error);
    return 1;
  }
}

async function firstAccounts(usernames: FirstAccounts): Promise<readonly FirstAccount[]> {
  if (!Object.values(usernames).every((name) => userName.test(name)) || usernames.admin === usernames.security)
    throw new StartProblem({
      zh: '用户名须为 2–63 个小写字母、数字、点、横线，且两人不同',
      en: 'User names are 2 to 63 lower-case letters, digits, dots and dashes, and two different ones.',
    });
  const database = openDatabase({ url: ownerUrlOf(migrateConfig(process.env)), applicationName: 'tranche-accounts', max: 1 });
  try {
    const made = await makeFirstAccounts({ database, systemNow: Date.now, newId: v7 }, usernames, { randomBytes, hashPassword });
    if (!made.ok) throw new StartProblem(made.detail);
    return made.accounts;
  } finally {
    await database.close();
  }
}
