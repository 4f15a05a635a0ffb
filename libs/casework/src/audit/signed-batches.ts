import type { AuditReader } from '@tranche/database';
import { type BatchLine, endToEndIdOf, selectLines } from '../payments/lines.js';
import { linesSigned, type Signable } from '../payments/signed-content.js';
import type { Findings } from './findings.js';

type Batch = Signable & { id: string; batchNo: string; contentHash: string; approved: boolean; signed: boolean };
const PAGE = 100;

/** What two people signed is what stands in the lines: payee, account, amount, fund and words, by the hash of the content. */
export async function checkSignedBatches(reader: AuditReader, findings: Findings): Promise<void> {
  for (let after: string | undefined = ''; after !== undefined; ) {
    const batches: Batch[] = await reader.read<Batch>(
      `SELECT b.id, b.batch_no AS "batchNo", b.fund_id AS "fundId", b.content_form AS "contentForm", b.content_hash AS "contentHash", b.approved_at IS NOT NULL AS approved,
         EXISTS (SELECT FROM batch_approvals a WHERE a.batch_id = b.id AND a.decision = 'approve' AND a.content_hash = b.content_hash AND a.person_id <> b.maker_id) AS signed
       FROM batches b WHERE ($1 = '' OR b.id > nullif($1, '')::uuid) ORDER BY b.id LIMIT ${PAGE}`,
      [after],
    );
    for (const batch of batches) {
      const lines = await reader.read<BatchLine>(selectLines.text, [batch.id]);
      const ours = lines.every(({ transferId, endToEndId }) => endToEndIdOf(transferId) === endToEndId);
      if (ours && (!batch.approved || (batch.signed && linesSigned(batch, lines) !== null))) continue;
      findings.add({
        kind: 'transfer-differs',
        text: { zh: `拨付单 ${batch.batchNo} 的内容与签批的不符`, en: `batch ${batch.batchNo} is not what was signed` },
      });
    }
    after = batches.length < PAGE ? undefined : batches.at(-1)?.id;
  }
}
