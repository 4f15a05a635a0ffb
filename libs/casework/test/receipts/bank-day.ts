import { createHash } from 'node:crypto';
import { importReceipt, type ReceiptImported } from '@tranche/casework';
import { soundAccount } from '../../../../test/support/payee-account.js';
import { CaseStory, handOver, runAll, signBatch } from '../../../../test/support/story.js';
import { classFacts, type World } from '../../../../test/support/world.js';

export type Sent = {
  readonly story: CaseStory;
  readonly transferId: string;
  readonly reference: string;
  readonly fen: bigint;
  readonly account: string;
};

/** Cases whose first advance went out in one file. */
export async function handedOver(
  world: World,
  sizes: readonly number[],
): Promise<{ readonly batchId: string; readonly sent: readonly Sent[] }> {
  await soundAccount(world);
  const stories: CaseStory[] = [];
  for (const size of sizes) stories.push(await CaseStory.inTraining(world, classFacts(size)));
  await runAll(world);
  const { batchId } = await signBatch(world, 'file');
  await handOver(world, batchId);
  const rows = await world.rows<{ caseId: string; transferId: string; reference: string; fen: string; account: string }>(
    `SELECT d.case_id AS "caseId", t.id AS "transferId", t.end_to_end_id AS reference, t.amount_fen::text AS fen, f.debtor_account_no AS account
     FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id JOIN funds f ON f.id = d.fund_id WHERE t.batch_id = $1`,
    [batchId],
  );
  const sent = stories.map((story) => {
    const row = rows.find(({ caseId }) => caseId === story.id);
    if (row === undefined) throw new Error('a case is not in the batch');
    return { story, ...row, fen: BigInt(row.fen) };
  });
  return { batchId, sent };
}

/** Imports a file as the cashier. */
export function imported(world: World, content: string | Uint8Array, fileName = 'statement.xml'): Promise<ReceiptImported> {
  const bytes = Buffer.from(content);
  return importReceipt(world.house, world.by('cashier'), {
    fileName,
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    open: async function* () {
      yield bytes;
    },
  });
}

export const stateOf = async (world: World, { transferId }: Sent): Promise<string> =>
  (await world.rows<{ state: string }>('SELECT state FROM transfers WHERE id = $1', [transferId]))[0]?.state ?? '';
export const matchesOf = (world: World, { transferId }: Sent): Promise<{ kind: string; rule: string }[]> =>
  world.rows('SELECT kind, rule FROM matches WHERE transfer_id = $1 ORDER BY recorded_at, kind DESC', [transferId]);
export const workOf = async (world: World, fileId: string): Promise<string[]> =>
  (await world.rows<{ code: string }>(`SELECT code FROM receipt_worklist WHERE file_id = $1 ORDER BY at_line, code`, [fileId])).map(
    ({ code }) => code,
  );
