import { chance, text, type VouchedTables, when, who } from './vouching.js';

const personal = text('个人信息不对核验角色开放', 'persons are not shown to the role that verifies');
const twoPeople = text('两人办理，一经决定不得修改，由触发器保证', 'two people, decided once and never edited: by triggers');

/** Parties, people who sign in, the calendar, runs without application, the audit itself. */
export const tablesOfTheHouse: VouchedTables = {
  organisations: {
    by: 'constraints',
    how: text(
      '名称与信用代码由登记者负责；停用与恢复另行核对',
      'name and code are whoever registered them; whether it is suspended is compared',
    ),
  },
  organisation_changes: {
    by: 'rows',
    how: text('单位现状须为最近一次批准的变更', 'the status of the organisation is that of the last change two people approved'),
    kinds: ['papers-differ'],
    only: { sql: `state = 'approved'`, leaves: text('未批准的提议', 'proposals that were not approved') },
    apart: {
      id: chance,
      reason: text('理由，供查阅', 'why, for reading'),
      proposed_by: who,
      decided_by: who,
      decided_on: text('只比对先后', 'only their order counts'),
      recorded_at: when,
    },
    unseen: { added: text('与现状一致的变更不改变什么', 'a change to what the organisation is already changes nothing') },
  },
  citizens: { by: 'nothing', how: personal },
  users: {
    by: 'nothing',
    how: text('人员与密码不对核验角色开放；谁办理了什么在事件中', 'people and passwords are not shown; who did what is in the events'),
  },
  sessions: { by: 'nothing', how: text('登录会话，随时可作废', 'who is signed in; may be ended at any moment') },
  otp_secrets: { by: 'nothing', how: text('一次性密码的密钥，加密保存', 'sealed secrets of one-time passwords') },
  otp_recovery_codes: { by: 'nothing', how: text('恢复码的哈希', 'hashes of recovery codes') },
  otp_uses: { by: 'nothing', how: text('用过的一次性密码', 'one-time passwords that were used') },
  payee_accounts: {
    by: 'constraints',
    how: text('两人办理；实际付往的账户在签批行中', 'two people; the account that was paid to is in the signed line'),
  },
  calendar_years: {
    by: 'rows',
    how: text('交付的年份与两人批准的安排', 'the years delivered and the arrangements two people approved'),
    kinds: ['calendar-differs'],
    only: {
      sql: 'published_on IS NOT NULL',
      leaves: text('随系统交付的年份无批准人与日期', 'a delivered year has nobody who approved it, and no day'),
    },
  },
  calendar_days: {
    by: 'rows',
    how: text('交付的年份与两人批准的安排', 'the years delivered and the arrangements two people approved'),
    kinds: ['calendar-differs'],
  },
  calendar_revision: {
    by: 'constraints',
    how: text('计数，用于重新读取日历', 'a counter, by which a process knows when to read the calendar again'),
  },
  calendar_proposals: {
    by: 'rows',
    how: text('批准的安排即为现行日历', 'an approved arrangement is the calendar as it stands'),
    kinds: ['calendar-differs'],
    only: { sql: `state = 'approved'`, leaves: text('未批准的提议', 'proposals that were not approved') },
    apart: {
      id: chance,
      cite: text('文件名称之外的出处', 'where in the document it stands'),
      reason: text('理由，供查阅', 'why, for reading'),
      rejection_reason: text('理由，供查阅', 'why, for reading'),
      proposed_by: who,
      touched_sha256: text('批准前所示变动的哈希', 'the hash of what the approver was shown'),
      recorded_at: when,
    },
  },
  policy_versions: {
    by: 'hash',
    how: text('规范形式的哈希；案件流程的哈希封存于立案事件', 'the hash of the definition; that of the machine is sealed into each case'),
    kinds: ['papers-differ'],
    unseen: { deleted: text('流程随本版本交付', 'machines come with the release') },
  },
  parameters: {
    by: 'constraints',
    how: text('两人办理；已承诺的数值封存于案件', 'two people; what was promised to a case is sealed in it'),
  },
  no_application_runs: {
    by: 'constraints',
    how: text('名册文件的哈希与进度；所立案件另行核对', 'the hash of the extract and how far it is; the cases opened are compared'),
  },
  no_application_lists: { by: 'constraints', how: twoPeople },
  no_application_decisions: { by: 'constraints', how: twoPeople },
  no_application_lines: {
    by: 'constraints',
    how: text('逐行筛查结果；所立案件的要素和金额另行核对', 'what was screened; facts and amounts of the cases opened are compared'),
  },
  no_application_people: { by: 'nothing', how: personal },
  sandbox_clock: { by: 'nothing', how: text('仅用于演示环境', 'exists in a sandbox only') },
  checkpoints: {
    by: 'hash',
    how: text('签名与导出的文件', 'its signature and the exported file'),
    kinds: ['checkpoint-chain', 'checkpoint-signature', 'checkpoint-file'],
  },
  audit_runs: {
    by: 'constraints',
    how: text('只能由核验角色经一个函数写入，只增不改', 'written by the role that verifies through one function, insert-only'),
  },
  schema_migrations: { by: 'nothing', how: text('已执行的数据库迁移', 'which migrations were run') },
};
