import type { ImportReport } from './refusals.js';
import { type CasePlace, placeValues, type Tx } from './tx.js';

export type EvidenceKind = 'roster' | 'attendance' | 'results' | 'list' | 'letter' | 'other';

/** An uploaded file as it is kept: the very bytes, who brought them and when (ISO instant), and the report of its import. */
export type EvidenceFile = {
  readonly id: string;
  readonly kind: EvidenceKind;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly report: ImportReport | null;
  readonly uploadedBy: string;
  readonly recordedAt: string;
};

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  png: 'image/png',
};

/** Keeps an uploaded file with its case; evidence is never changed or deleted. */
export async function storeEvidence(tx: Tx, place: CasePlace, file: EvidenceFile): Promise<void> {
  const extension = /\.([a-z0-9]+)$/i.exec(file.fileName)?.[1]?.toLowerCase() ?? '';
  await tx.query(
    `INSERT INTO evidence (case_id, organisation_id, district, id, kind, file_name, media_type, size_bytes, sha256, content, report, uploaded_by, recorded_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      ...placeValues(place),
      file.id,
      file.kind,
      file.fileName,
      MEDIA_TYPES[extension] ?? 'application/octet-stream',
      file.bytes.byteLength,
      Buffer.from(file.sha256, 'hex'),
      Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength),
      file.report === null ? null : JSON.stringify(file.report),
      file.uploadedBy,
      file.recordedAt,
    ],
  );
}
