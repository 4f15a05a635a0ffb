// The own name, the own district, the own account: what the migrations 0050 to 0053 hold, and the code that follows a class's days.

const names = 'libs/database/migrations/0050-own-names.sql';
const districts = 'libs/database/migrations/0052-money-of-the-district.sql';
const account = 'libs/database/migrations/0053-own-account.sql';
const passwords = 'libs/database/migrations/0260-own-passwords.sql';
const dates = 'libs/casework/src/class-dates.ts';
const ownNames = 'libs/database/test/own-names.test.ts';
const rows = 'libs/database/test/row-security.test.ts';
const claims = 'libs/casework/test/claims.test.ts';

const underAPaper = [ownNames, 'stands under a duty, a file, a proposed account, an appropriation, a parameter, an organisation'];
const bothSides = [ownNames, 'stands under both sides of four eyes: one person cannot be two'];

const halfEach = [ownNames, 'hold half an entrance each'];

/** A restrictive policy that lets everything pass. */
const proposedBy = (table, command, column) => ({
  file: names,
  find: `ON ${table} AS RESTRICTIVE FOR ${command}\n  WITH CHECK ((SELECT app_role()) = 'system' OR ${column}::text = (SELECT app_user()));`,
  replace: `ON ${table} AS RESTRICTIVE FOR ${command}\n  WITH CHECK (true);`,
});
/** A policy of the district taken away. */
const dropped = (policy, table, condition) => ({
  file: districts,
  find: `CREATE POLICY ${policy} ON ${table} AS RESTRICTIVE TO tranche_app\n  USING ((SELECT app_reach()) = 'all' OR EXISTS (${condition}));`,
  replace: '',
  test: [rows, 'batches, files and appropriations from the finance people of another'],
});

/** @type {readonly import('../catalogue.mjs').Mutant[]} */
export const ownNamesMutants = [
  {
    name: 'duty-in-another-name',
    zh: '可以用他人名义担任案件职责',
    en: 'a duty on a case may be taken in another person’s name',
    ...proposedBy('case_duties', 'INSERT TO tranche_app', 'person_id'),
    test: underAPaper,
  },
  {
    name: 'file-in-another-name',
    zh: '可以用他人名义上传佐证材料',
    en: 'a file may be uploaded in another person’s name',
    file: names,
    find: 'uploaded_by = (SELECT app_user())',
    replace: 'uploaded_by IS NOT NULL',
    test: underAPaper,
  },
  {
    name: 'account-proposed-in-another-name',
    zh: '可以用他人名义提出收款账户',
    en: 'an account may be proposed in another person’s name',
    ...proposedBy('payee_accounts', 'INSERT TO tranche_app', 'proposed_by'),
    test: underAPaper,
  },
  {
    name: 'parameter-in-another-name',
    zh: '可以用他人名义提出参数',
    en: 'a parameter may be proposed in another person’s name',
    ...proposedBy('parameters', 'INSERT TO tranche_app', 'proposed_by'),
    test: underAPaper,
  },
  {
    name: 'appropriation-in-another-name',
    zh: '可以用他人名义提出指标',
    en: 'an appropriation may be proposed in another person’s name',
    ...proposedBy('appropriations', 'INSERT TO tranche_app', 'proposed_by'),
    test: underAPaper,
  },
  {
    name: 'appropriation-decided-in-another-name',
    zh: '可以用他人名义批准指标，一人当两人',
    en: 'an appropriation may be approved in another person’s name: one person is two',
    ...proposedBy('appropriations', 'UPDATE TO tranche_app USING (true)', 'approved_by'),
    test: bothSides,
  },
  {
    name: 'batch-in-another-name',
    zh: '可以用他人名义制单，再自己复核',
    en: 'a batch may be made in another person’s name and signed in the own',
    file: names,
    find: `((SELECT app_role()) = 'maker' AND maker_id::text = (SELECT app_user()))`,
    replace: 'maker_id IS NOT NULL',
    test: bothSides,
  },
  {
    name: 'organisation-in-another-name',
    zh: '可以用他人名义登记机构，再自己准入',
    en: 'an organisation may be registered in another person’s name and admitted in the own',
    file: names,
    find: 'created_by = (SELECT app_user()) AND NOT approved_provider',
    replace: 'NOT approved_provider',
    test: underAPaper,
  },
  {
    name: 'provider-admitted-by-one-person',
    zh: '登记机构的人可以自己把它列入目录',
    en: 'who registered an institution may admit it to the catalogue',
    file: names,
    find: 'OR NOT approved_provider OR created_by <> (SELECT app_user())',
    replace: 'OR created_by IS NOT NULL',
    test: [ownNames, 'is not admitted by the person who registered it'],
  },
  {
    name: 'administrator-grants-accounts',
    zh: '系统管理员可以自己开通自己建的账号',
    en: 'the administrator who made an account may grant it',
    file: names,
    find: `((SELECT app_role()) = 'security' AND created_by <> (SELECT app_user()) AND id::text <> (SELECT app_user()))`,
    replace: 'created_by IS NOT NULL',
    test: [ownNames, 'let nobody in alone'],
  },
  {
    name: 'account-changes-its-role',
    zh: '已有账号可以改岗位',
    en: 'an account may be given another role',
    file: names,
    find: 'REVOKE UPDATE ON users FROM tranche_app;',
    replace: '',
    test: [ownNames, 'neither changes its role'],
  },
  {
    name: 'applicant-moves-a-line',
    zh: '机构可以改动自己付款的转账',
    en: 'an applicant may move a transfer to any state',
    file: names,
    find: `CREATE POLICY applicants_call_back ON transfers AS RESTRICTIVE FOR UPDATE TO tranche_app USING (true)
  WITH CHECK ((SELECT app_scope()) <> 'organisation' OR state = 'cancelled');`,
    replace: '',
    test: [ownNames, 'may have a payment called back, and moves it nowhere else'],
  },
  {
    name: 'applicant-writes-the-own-notice',
    zh: '机构可以自己发布本案公示',
    en: 'an applicant may post the notice of the own case',
    file: names,
    find: "not_by_applicants ON %I AS RESTRICTIVE FOR INSERT TO tranche_app WITH CHECK ((SELECT app_scope()) <> 'organisation')",
    replace:
      "not_by_applicants ON %I AS RESTRICTIVE FOR INSERT TO tranche_app WITH CHECK (%1$L = 'notices' OR (SELECT app_scope()) <> 'organisation')",
    test: [ownNames, 'writes no obligation, no line, no notice'],
  },
  {
    name: 'bank-cursor-moved-by-anybody',
    zh: '任何人都能移动银行回单游标，漏读退票',
    en: 'anybody may move the cursor of the bank feed, and returns are lost',
    file: names,
    find: `CREATE POLICY worker ON bank_feeds TO tranche_app USING ((SELECT app_role()) = 'system');`,
    replace: 'CREATE POLICY worker ON bank_feeds TO tranche_app USING (true);',
    test: [ownNames, 'does not move the cursor of the bank feed'],
  },
  {
    name: 'administrators-see-accounts-of-payees',
    zh: '管理员可以看到收款账户',
    en: 'administrators see the accounts of payees',
    file: names,
    find: `USING ((SELECT app_role()) NOT IN ('admin', 'security'));`,
    replace: 'USING (true);',
    test: [ownNames, 'see no case, no money and no payee'],
  },
  {
    name: 'claims-stay-on-the-old-days',
    zh: '开班日期改了，学员仍按旧日期占用',
    en: 'a class moves to other days and its people stay claimed for the old ones',
    file: dates,
    find: `  put(work, 'moveClaims', row);\n`,
    replace: '',
    test: [claims, 'a class that moves to other days claims its people for those days'],
  },
  {
    name: 'claims-may-not-move',
    zh: '数据库不让占用期间随班改动（代码的更新被拒）',
    en: 'the database does not let claims follow their class',
    file: 'libs/database/migrations/0051-claims-follow-dates.sql',
    find: 'GRANT UPDATE (period) ON exclusion_claims TO tranche_app;',
    replace: 'GRANT SELECT (period) ON exclusion_claims TO tranche_app;',
    test: [ownNames, 'moves to the days of its class'],
  },
  {
    name: 'class-ends-before-it-begins',
    zh: '结班日期可以早于开班日期',
    en: 'a class may end before it begins',
    file: dates,
    find: 'if (!dates || dates.startsOn <= dates.endsOn) return null;',
    replace: 'if (!dates || dates.startsOn !== dates.endsOn) return null;',
    test: [claims, 'a class does not end before it begins'],
  },
  {
    name: 'batches-of-another-district',
    zh: '别区财政可以看到并否决本区拨付单',
    en: 'a checker of another district sees and rejects a batch',
    ...dropped('of_own_fund', 'batches', 'SELECT FROM funds f WHERE f.id = fund_id'),
  },
  {
    name: 'appropriations-of-another-district',
    zh: '别区财政可以看到本区指标',
    en: 'appropriations are seen by another district',
    ...dropped('of_own_fund', 'appropriations', 'SELECT FROM funds f WHERE f.id = fund_id'),
  },
  {
    name: 'bank-files-of-another-district',
    zh: '别区财政可以看到本区银行文件',
    en: 'bank files are seen by another district',
    ...dropped('of_own_batch', 'bank_files', 'SELECT FROM batches b WHERE b.id = batch_id'),
  },
  {
    name: 'paid-to-another-organisation',
    zh: '可以付到另一机构已核准的账户（签字时）',
    en: 'a batch is signed that pays to the approved account of another organisation',
    file: account,
    find: 'p.organisation_id <> d.organisation_id',
    replace: 'false',
    test: ['libs/database/test/payment-controls.test.ts', 'pays nobody on another organisation'],
  },
  {
    name: 'signed-for-a-replaced-account',
    zh: '账户已被替换仍可签字拨付',
    en: 'a batch is signed that pays to an account that was replaced',
    file: account,
    find: `p.state <> 'approved' OR `,
    replace: '',
    test: ['libs/casework/test/late-changes.test.ts', 'is not signed around either: the database refuses'],
  },
  {
    name: 'security-sets-passwords-too',
    zh: '安全管理员也可设定初始密码，一人即可进入他人账号',
    en: 'the security administrator may set a first password too, and enter alone',
    file: passwords,
    find: "app_role() <> 'admin' OR NEW.own_password",
    replace: 'NEW.own_password',
    test: halfEach,
  },
  {
    name: 'admin-sets-codes-too',
    zh: '系统管理员也可设定启用码，一人即可进入他人账号',
    en: 'the administrator may set an activation code too, and enter alone',
    file: passwords,
    find: "app_role() <> 'security' OR renewed",
    replace: 'false',
    test: halfEach,
  },
  {
    name: 'administrators-choose-for-people',
    zh: '管理员设定的密码可冒充本人密码',
    en: 'a password set by an administrator may count as the person’s own',
    file: passwords,
    find: '  IF owned THEN',
    replace: '  IF false THEN',
    test: halfEach,
  },
  {
    name: 'sessions-outlive-their-password',
    zh: '换了密码，原会话仍有效',
    en: 'a session outlives the password it was opened with',
    file: passwords,
    find: 'WHERE user_id = NEW.id AND revoked_at IS NULL',
    replace: 'WHERE user_id = NEW.id AND revoked_at IS NOT NULL',
    test: [ownNames, 'leave no session open under a password that is no more'],
  },
  {
    name: 'activation-code-unchecked',
    zh: '首次登录不核对启用码',
    en: 'a first sign-in does not look at the activation code',
    file: 'apps/api/src/sessions/session-store.ts',
    find: 'if (user === null || !codeFits) return',
    replace: 'if (user === null) return',
    test: ['apps/api/test/administration.test.ts', 'is opened by the first password and the activation code together'],
  },
  {
    name: 'first-password-is-enough',
    zh: '管理员给的初始密码即可登录',
    en: 'an administrator’s first password is enough to sign in',
    file: 'apps/api/src/sessions/session-store.ts',
    find: "if (!user.own_password) return refused('first-sign-in-required');",
    replace: '',
    test: ['apps/api/test/administration.test.ts', 'is opened by the first password and the activation code together'],
  },
];
