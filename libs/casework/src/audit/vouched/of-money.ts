import { chance, text, txNumber, type VouchedTables, when, who, words, work } from './vouching.js';

const noFinding = text('不涉及金额', 'moves no money');

/** Books, obligations, transfers, files to and from banks. */
export const tablesOfMoney: VouchedTables = {
  postings: {
    by: 'replay',
    how: text('每个事件应有的凭证；无案件的凭证与其文件', 'what each event posts; postings of no case with their paper'),
    kinds: ['postings-differ', 'posting-unbalanced', 'balance-differs', 'fund-differs', 'account-balance-differs', 'rows-without-case'],
    apart: { tx: txNumber },
  },
  entries: {
    by: 'replay',
    how: text('凭证平衡、科目、事件金额', 'balance, accounts and amounts of their posting'),
    kinds: ['postings-differ', 'posting-unbalanced', 'balance-differs', 'fund-differs', 'account-balance-differs'],
  },
  accounts: {
    by: 'rows',
    how: text('资金与其分录', 'their fund and its entries'),
    kinds: ['fund-differs', 'posting-unbalanced', 'postings-differ', 'account-balance-differs', 'balance-differs'],
    apart: { min_zero: text('由约束按科目固定', 'a constraint fixes it by the code') },
  },
  account_balances: { by: 'rows', how: text('分录合计', 'the sum of the entries'), kinds: ['account-balance-differs', 'fund-differs'] },
  funds: {
    by: 'constraints',
    how: text(
      '资金的名称、账户由登记者负责；其科目、凭证另行核对',
      'name and account are whoever registered them; its accounts and postings are compared',
    ),
  },
  appropriations: {
    by: 'rows',
    how: text('批准的指标文件与其凭证互相印证', 'an approved paper and its postings speak for each other'),
    kinds: ['fund-differs'],
    apart: {
      proposed_by: who,
      approved_by: who,
      recorded_at: when,
      document_no: text('文号，供查阅', 'the number of the paper, for looking it up'),
    },
  },
  fund_closings: {
    by: 'rows',
    how: text('关账文件与其凭证、余额', 'the closing of a year with its postings and balances'),
    kinds: ['fund-differs'],
  },
  ledger_proofs: {
    by: 'nothing',
    how: text('每日核对的结果；本次核验重新计算', 'results of nightly proofs; a verification computes everything anew'),
  },
  disbursements: {
    by: 'replay',
    how: text('事件所请求的与银行消息所述的', 'what the events asked for and what the bank’s news said'),
    kinds: ['disbursements-differ', 'transfer-differs', 'fund-differs'],
    apart: {
      version: text('并发更新计数', 'a counter for optimistic updates'),
      payee_account_id: text(
        '成批时重新选定，付款账户在签批行中',
        'chosen anew when a batch is made; the account paid to is in the signed line',
      ),
    },
  },
  transfers: {
    by: 'rows',
    how: text('所属拨付与两人签批的内容', 'its disbursement and the content that two people signed'),
    kinds: ['transfer-differs', 'fund-differs'],
    apart: {
      bank_reference: text('银行自己的编号', 'the bank’s own number'),
      reason: text('银行文字', 'words of the bank'),
      lease_until: work,
      next_inquiry_at: work,
      inquiries: work,
      updated_at: work,
    },
  },
  batches: {
    by: 'hash',
    how: text('两人签批的内容哈希', 'the hash of the content that two people signed'),
    kinds: ['transfer-differs', 'fund-differs'],
    apart: {
      batch_no: text('供人称呼的编号', 'a number for people'),
      maker_id: who,
      line_count: text('由触发器保证', 'kept by a trigger'),
      submitted_at: when,
      approved_at: when,
      recorded_at: when,
      rail_profile_id: text('所用通道', 'the way it went'),
    },
  },
  batch_approvals: {
    by: 'hash',
    how: text('已签批的拨付单须有他人的签名', 'a signed batch has the approval of another person over its very content'),
    kinds: ['transfer-differs'],
    apart: { person_id: who, recorded_at: when, reason: text('退回的理由', 'why it was sent back') },
  },
  attempts: {
    by: 'hash',
    how: text('发送前封存的请求哈希，次序连续', 'the hash taken of a request before it went out, tries without gaps'),
    kinds: ['files-differ'],
    apart: {
      id: chance,
      instr_id: text('由转账与次序推出', 'made of the transfer and the try'),
      sent_at: work,
      response: text('银行的回答；其含义已成为事件', 'the answer of the bank; what it meant is an event'),
      outcome: work,
      answered_at: work,
    },
  },
  bank_files: {
    by: 'hash',
    how: text('文件哈希、交付记录、逐行合计', 'its hash, what was handed over of it, its lines'),
    kinds: ['files-differ'],
    apart: {
      id: text('由其各段引用', 'named by its parts'),
      kind: text('文件格式', 'its format'),
      file_name: text('仅供阅读', 'for reading'),
      recorded_at: when,
    },
  },
  bank_file_parts: {
    by: 'rows',
    how: text('文件与其各行合计', 'its file and the sum of its lines'),
    kinds: ['files-differ'],
    apart: { part_no: text('先后次序', 'an order only'), execution_on: text('执行日', 'the day it was for') },
  },
  bank_file_lines: {
    by: 'rows',
    how: text('文件的行数与金额', 'how many and how much the file says'),
    kinds: ['files-differ'],
    apart: { line_no: text('先后次序', 'an order only') },
  },
  bank_file_deliveries: {
    by: 'hash',
    how: text('所交付文件的哈希', 'the hash of the file that was handed over'),
    kinds: ['files-differ'],
    apart: { id: chance, person_id: who, kind: text('领取或交付', 'taken, or handed over'), recorded_at: when },
    unseen: { added: text('再次领取同一文件', 'the same file taken once more') },
  },
  bank_file_withdrawals: { by: 'constraints', how: text('两人办理、不得修改，由触发器保证', 'two people, never edited: by triggers') },
  batch_execution_days: { by: 'constraints', how: text('执行日由出纳确认，只增不改', 'confirmed by a cashier, insert-only') },
  rail_profiles: { by: 'constraints', how: text('通道配置，两人办理', 'how a bank is spoken to; changed by two people') },
  payee_account_doubts: {
    by: 'constraints',
    how: text('银行的退回原因；账户须再经两人确认', 'why a bank sent money back; two people clear it'),
  },
  bank_feeds: { by: 'nothing', how: text('已读到银行消息的何处', 'how far the bank’s news has been read') },
  recoveries: {
    by: 'replay',
    how: text('事件所述的追回', 'as the events open, demand and close them'),
    kinds: ['recoveries-differ', 'fund-differs'],
    apart: { id: chance, reason: words, cite: words },
  },
  recovery_receipts: {
    by: 'replay',
    how: text('事件所述的收款与核销', 'what the events say came in or was written off'),
    kinds: ['recoveries-differ', 'fund-differs'],
    apart: { id: chance },
  },
  received_files: {
    by: 'constraints',
    how: text(
      '存时压缩，核验角色不读文件；取出者可与其哈希比对',
      'kept packed, and the role reads no file; whoever takes one out can compare it with its hash',
    ),
  },
  received_file_parts: { by: 'constraints', how: text('只增不改；随来文的哈希', 'insert-only; covered by the hash of the file') },
  statements: {
    by: 'nothing',
    how: text(
      '来文可重新解析；同一笔可见于多份来文而只存一次',
      'the file can be read again; a booking told by several files stands once, so sums do not show it',
    ),
  },
  statement_lines: {
    by: 'nothing',
    how: text(
      '来文可重新解析；已匹配和待查的行另按金额核对',
      'the file can be read again; those matched or unexplained are compared by amount',
    ),
  },
  bank_statuses: {
    by: 'nothing',
    how: text('来文可重新解析；转账状态另行核对', 'the file can be read again; the state of the transfer is compared'),
  },
  line_proposals: { by: 'constraints', how: text('两人办理，一经决定不得修改', 'two people, decided once') },
  matches: {
    by: 'rows',
    how: text('对账单记录与转账的方向、金额', 'the booking and the transfer, by direction and amount'),
    kinds: ['files-differ', 'fund-differs'],
    apart: { matched_by: who, recorded_at: when, rule: text('如何认出', 'how it was recognised'), proposal_id: who },
  },
  suspense_items: {
    by: 'rows',
    how: text('对账单记录与 2102 科目', 'the credit it speaks of, and account 2102'),
    kinds: ['files-differ', 'fund-differs'],
    apart: { recorded_at: when },
  },
  receipt_worklist: { by: 'nothing', how: work },
  transfer_releases: { by: 'constraints', how: text('两人办理，一经决定不得修改', 'two people, decided once') },
  reconciliations: { by: 'constraints', how: noFinding },
};
