import { chance, text, txNumber, type VouchedTables, words, work } from './vouching.js';

/** A case, its story, and everything that its events write beside it. */
export const tablesOfCases: VouchedTables = {
  cases: {
    by: 'replay',
    how: text(
      '状态、快照、版本、链首与身份由事件重放得出；导出的检查点佐证其存在',
      'state, snapshot, version, head and identity as its events lead to them; the exported checkpoint as witness that it is there',
    ),
    kinds: [
      'snapshot-differs',
      'case-row-differs',
      'head-differs',
      'event-missing',
      'event-changed',
      'machine-unknown',
      'terms-differ',
      'facts-differ',
      'witness-case-missing',
      'rows-without-case',
    ],
  },
  case_events: {
    by: 'hash',
    how: text('逐案哈希链，编号连续，每日签名检查点', 'a hash chain per case, numbers without gaps, a signed checkpoint a day'),
    kinds: ['event-missing', 'event-changed', 'head-differs', 'witness-event-differs'],
    apart: { tx: txNumber },
  },
  case_facts: {
    by: 'replay',
    how: text('事件所述要素逐件累计', 'the facts that the events told, put together one after the other'),
    kinds: ['facts-differ', 'stamp-differs'],
  },
  case_terms: {
    by: 'hash',
    how: text(
      '规范形式的 SHA-256 封存于立案或迁移事件',
      'SHA-256 of the canonical form, sealed in the event that opened or moved the case',
    ),
    kinds: ['terms-differ', 'case-row-differs', 'event-missing', 'stamp-differs', 'papers-differ'],
    apart: { recorded_at: text('该组参数首次使用的时间', 'when a set of terms was first promised; each case has its own day') },
  },
  case_duties: {
    by: 'replay',
    how: text('事件的办理人与其岗位职责', 'who told which event, with the duty it holds'),
    kinds: ['duties-differ'],
  },
  commands: {
    by: 'rows',
    how: text(
      '每个事件恰有一份答复，内容与事件一致；与案件无关的答复不对核验角色开放',
      'each event has exactly one stored answer, which says what the event is; answers of administration are not shown to the role',
    ),
    kinds: ['answers-differ'],
    only: { sql: 'case_id IS NOT NULL', leaves: text('与案件无关的答复', 'answers that are about no case') },
    apart: {
      key: text('发送方自选', 'chosen by the sender'),
      request_sha256: text('请求原文不保存', 'the request itself is not kept'),
    },
  },
  deadlines: {
    by: 'replay',
    how: text(
      '由办理同一函数重新得出：起算、届满（按工作日历）、暂停、状态、轨迹',
      'by the door’s own function: start, end by the calendar, pauses, status, trace',
    ),
    kinds: ['deadlines-differ'],
    apart: { id: chance, label: words, cite: words, warned_at: work },
  },
  tasks: {
    by: 'replay',
    how: text('事件所开、所结的待办，及其紧急日', 'the to-dos that events open and close, and the day that orders the queue'),
    kinds: ['tasks-differ'],
    only: {
      sql: `case_id IS NOT NULL AND state IN ('open', 'claimed') AND kind !~ '^(fund-short:|account-correction|outbox:)'`,
      leaves: text(
        '与案件无关的待办，资金不足等办理中的待办，以及已结待办的紧急日',
        'those of no case, those of work in progress (budget short, an account in doubt), and the urgency of closed ones',
      ),
    },
    apart: {
      id: chance,
      label: words,
      claimed_by: work,
    },
  },
  notices: {
    by: 'replay',
    how: text(
      '编号、起止、案号、金额与状态由事件得出；公示内容另有其哈希',
      'number, days, amounts and state as the events give them; what was shown by its own hash',
    ),
    kinds: ['notices-differ'],
    apart: { id: chance },
  },
  objections: {
    by: 'replay',
    how: text('事件所述的提出与处理', 'raised and decided as the events say'),
    kinds: ['notices-differ'],
  },
  objection_contacts: {
    by: 'nothing',
    how: text(
      '异议人联系方式，加密保存，决定满三十天后删除',
      'how an objector may be reached: sealed, removed thirty days after the decision',
    ),
  },
  holds: {
    by: 'replay',
    how: text('事件所述的暂停与恢复', 'placed and released as the events say'),
    kinds: ['holds-differ'],
    apart: { id: chance },
  },
  classes: {
    by: 'replay',
    how: text('上传花名册时的要素及其后更正', 'the facts when the roster came, and as they were told since'),
    kinds: ['lists-differ'],
    apart: { id: chance },
  },
  trainees: {
    by: 'hash',
    how: text('花名册事件中的逐行摘要；合格人数与结果', 'the digest of its rows in the event of the roster; who passed by the results'),
    kinds: ['lists-differ', 'claims-differ'],
    apart: {
      id: text('由考核结果引用', 'named by the results alone'),
      name_cipher: text('加密并校验，被改动则无法解开', 'sealed: a changed byte cannot be opened'),
      id_cipher: text('加密并校验，被改动则无法解开', 'sealed: a changed byte cannot be opened'),
      key_id: text('加密所用密钥的编号', 'which key sealed it'),
    },
  },
  listed_people: {
    by: 'replay',
    how: text('事件中逐行的人员标识', 'the tokens of people in the event, row by row'),
    kinds: ['lists-differ'],
    apart: {
      id: chance,
      row_no: text('只比对先后', 'only their order counts'),
      name_cipher: text('加密并校验，被改动则无法解开', 'sealed: a changed byte cannot be opened'),
      name_masked: text('仅供阅读', 'for reading'),
      id_cipher: text('加密并校验，被改动则无法解开', 'sealed: a changed byte cannot be opened'),
      id_masked: text('仅供阅读', 'for reading'),
      key_id: text('加密所用密钥的编号', 'which key sealed it'),
    },
  },
  attendance: {
    by: 'hash',
    how: text('最近一份考勤事件中全部课次的摘要', 'the digest of all sessions in the event of the newest list'),
    kinds: ['lists-differ'],
  },
  acceptance_results: {
    by: 'hash',
    how: text('考核结果事件中的逐行摘要', 'the digest of its rows in the event of the results'),
    kinds: ['lists-differ'],
  },
  exclusion_claims: {
    by: 'replay',
    how: text(
      '按键占用逐条由事件得出；花名册占用按人数、期间与花名册摘要',
      'claims by key as the events make them; those of a roster by number, days and the digest of the people',
    ),
    kinds: ['claims-differ', 'lists-differ', 'quotas-differ'],
    only: {
      sql: `(live OR source <> 'roster') AND period <> '(,)'`,
      leaves: text(
        '已失效的花名册占用只比对人数与期间',
        'of claims that live no more, those of a roster are compared by number and days only',
      ),
    },
    apart: { id: chance },
  },
  exclusion_quotas: { by: 'rows', how: text('有效占用金额合计', 'the sum of the live claims'), kinds: ['quotas-differ'] },
  evidence: {
    by: 'hash',
    how: text('上传事件中的文件哈希，及文件自身的哈希', 'the hash of the file in the event that brought it, and of its bytes'),
    kinds: ['evidence-differs'],
    apart: {
      id: chance,
      file_name: text('上传人所起', 'the sender’s own name for it'),
      media_type: text('由文件名推出', 'from the name'),
      size_bytes: text('由约束保证', 'fixed by a constraint'),
      report: text('导入报告，仅供阅读', 'report of the import, for reading'),
      recorded_at: text('先于事件片刻', 'a moment before its event'),
    },
  },
  set_offs: {
    by: 'rows',
    how: text('两案事件所述的抵扣与恢复，及 2105 科目', 'the set-offs and restorations that both cases heard of, and account 2105'),
    kinds: ['recoveries-differ', 'fund-differs'],
  },
  outbox: {
    by: 'nothing',
    how: text('待办意图，执行前一律重新核对案件', 'intentions: whoever carries one out reads and decides everything again'),
  },
  notifications: { by: 'nothing', how: text('提醒文字，不据以办理', 'words to somebody; nothing is decided by them') },
  notification_reads: { by: 'nothing', how: text('是否已读', 'who has read what') },
  machine_migrations: {
    by: 'rows',
    how: text('迁移事件所引的批准', 'the approval that an event of a moved case names'),
    kinds: ['papers-differ'],
    unseen: {
      added: text('未执行的提议不涉及任何案件', 'a proposal that moved no case speaks of none'),
    },
  },
};
