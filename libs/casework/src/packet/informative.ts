/**
 * Leaves of a packet that only its seal covers: the database says them, and no hash, rule or second row says them again. A path names
 * members; `*` stands for any. The number at the end of a bank's line, the name behind a person's id, a time of day.
 */
export const informative: readonly string[] = [
  'record.postings.*.id',
  'witnesses.transfers.*.accountMasked',
  'witnesses.transfers.*.bankReference',
  'witnesses.transfers.*.reason',
  'witnesses.batches.*.batchNo',
  'witnesses.batches.*.rail',
  'witnesses.batches.*.makerId',
  'witnesses.batches.*.submittedAt',
  'witnesses.batches.*.approvedAt',
  'witnesses.batches.*.approvals.*.personId',
  'witnesses.batches.*.approvals.*.reason',
  'witnesses.batches.*.approvals.*.at',
  'witnesses.batches.*.signedLines.*.caseId',
  'witnesses.batches.*.signedLines.*.caseNo',
  'witnesses.batches.*.signedLines.*.payment',
  'witnesses.attempts.*.requestSha256',
  'witnesses.attempts.*.sentAt',
  'witnesses.attempts.*.outcome',
  'witnesses.attempts.*.answeredAt',
  'witnesses.files.*.fileName',
  'witnesses.files.*.sha256',
  'witnesses.files.*.lineNo',
  'witnesses.files.*.handedOverAt',
  'witnesses.statementLines.*.id',
  'witnesses.statementLines.*.matchedBy',
  'witnesses.statementLines.*.rule',
  'witnesses.statementLines.*.fileSha256',
  'witnesses.statementLines.*.statementId',
  'witnesses.statementLines.*.lineNo',
  'witnesses.statementLines.*.bookedOn',
  'witnesses.statementLines.*.bankRef',
  'witnesses.setOffs.*.otherCaseNo',
  'witnesses.notices.*.contentSha256',
  'witnesses.evidence.*.kind',
  'witnesses.evidence.*.fileName',
  'witnesses.evidence.*.sizeBytes',
  'witnesses.funds.*.code',
  'witnesses.funds.*.name',
  'witnesses.people.*.name',
  'witnesses.people.*.role',
  // proven by the public key, where one is given
  'witnesses.checkpoint.signature',
];

const patterns = informative.map((path) => path.split('.'));

/** Is this leaf (members from the root) covered by the seal alone? What stands below a named member counts with it. */
export const isInformative = (path: readonly string[]): boolean =>
  patterns.some((pattern) => pattern.length <= path.length && pattern.every((part, index) => part === '*' || part === path[index]));
