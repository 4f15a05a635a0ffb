import type { Position } from '@tranche/bank';
import { formatInstant } from '@tranche/calendar';
import type { Text } from '@tranche/policies';
import type { House } from '../house.js';
import { worker } from '../outbox.js';

/** Something of a file that a person must look at. */
export type WorkItem = {
  readonly at: Position;
  readonly code: string;
  readonly text: Text;
  readonly found: string;
  readonly lineId?: string;
  readonly transferId?: string;
};

/** Why a line or a status was not simply taken, besides what its reader found. Stable codes with their words. */
export const workWords = {
  'account-unknown': ['对账单账号不属于任何资金账户', 'The account of the statement belongs to no fund'],
  'amount-differs': ['金额与所指转账不符', 'The amount is not that of the transfer it names'],
  'account-differs': ['付款账户与所指转账不符', 'The account is not that of the transfer it names'],
  'matched-already': [
    '所指转账已有对账明细（同一编号出现两次）',
    'The transfer it names has been matched already: the same reference twice',
  ],
  'transfer-unknown': ['编号不属于任何转账', 'The reference belongs to no transfer'],
  'transfer-not-sent': ['所指转账尚未发送', 'The transfer it names was never sent'],
  contradiction: ['与已知结果矛盾', 'It contradicts what is known'],
  'credit-unidentified': ['来款用途不明，已计入待查收款', 'A credit nobody can explain yet; it stands under unidentified receipts'],
  'credit-names-transfer': [
    '来款引用了我方转账编号但未注明退票，请确认',
    'A credit names one of our transfers without saying that it is a return; confirm it',
  ],
  'debit-unidentified': ['扣款与任何转账无关，请立即核查', 'A debit that belongs to no transfer of ours; check it at once'],
  'group-unknown': ['状态针对整批，但该批文件不止一个或无法识别', 'A status of a whole file that cannot be told from others of its batch'],
  'opening-differs': ['期初余额不等于上一对账单的期末余额', 'The opening balance is not the closing balance of the statement before'],
  'page-missing': ['缺少此前页次，对账单未结', 'An earlier page is missing; the statement is not closed'],
  'statement-differs': ['同一对账单再次收到而余额或发生额不同', 'The same statement came again with other sums'],
} as const satisfies Record<string, readonly [zh: string, en: string]>;
export type WorkCode = keyof typeof workWords;

export const workItem = (code: WorkCode, at: Position, found: string, more: Pick<WorkItem, 'lineId' | 'transferId'> = {}): WorkItem => ({
  at,
  code,
  text: { zh: workWords[code][0], en: workWords[code][1] },
  found,
  ...more,
});

/** Puts items on the list, each place and reason once. */
export async function tellWorklist(house: House, fileId: string, items: readonly WorkItem[]): Promise<void> {
  if (items.length === 0) return;
  const rows = items.map(({ at, code, text, found, lineId, transferId }) => ({
    id: house.newId(),
    at_line: at.line,
    at_path: at.path,
    code,
    text,
    found: found.slice(0, 500),
    line_id: lineId ?? null,
    transfer_id: transferId ?? null,
  }));
  await house.database.transaction(worker, (tx) =>
    tx.query(
      `INSERT INTO receipt_worklist (id, file_id, item_no, at_line, at_path, code, text, found, line_id, transfer_id, state, recorded_at)
       SELECT r.id, $1, (SELECT coalesce(max(item_no), 0) FROM receipt_worklist WHERE file_id = $1) + row_number() OVER (ORDER BY r.id), r.at_line, r.at_path, r.code, r.text, r.found,
              r.line_id, r.transfer_id, 'open', $3
       FROM jsonb_to_recordset($2::jsonb) AS r(id uuid, at_line int, at_path text, code text, text jsonb, found text, line_id uuid, transfer_id uuid)
       ON CONFLICT (file_id, at_line, at_path, code) DO NOTHING`,
      [fileId, JSON.stringify(rows), formatInstant(house.systemNow())],
    ),
  );
}
