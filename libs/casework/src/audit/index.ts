export { publicKeysIn } from './checkpoint-files.js';
export { type Finding, type FindingKind, findingKinds, findingLabels } from './findings.js';
export { inclusionProof, MerkleRoot, provesInclusion } from './merkle.js';
export * from './prove-books.js';
export { keyOfSeed, type SigningKey, signingKeyOf } from './signing-key.js';
export { type CheckpointOptions, type CheckpointOutcome, takeCheckpoint } from './take-checkpoint.js';
export { type AuditReport, recordReport, type VerifyOptions, verifyHouse } from './verify-house.js';
export { type VouchedTables, type Vouching, vouchedPage, vouchedTables } from './vouched/index.js';
export type { Witness } from './witness.js';
