import type { KeyObject } from 'node:crypto';
import type { AuditReader } from '@tranche/database';
import { type CheckpointFile, checkpointFiles, readCheckpointFile } from './checkpoint-files.js';
import type { Finding, FindingKind, Findings } from './findings.js';
import { MerkleRoot } from './merkle.js';
import { isSigned, type Leaf, leafLine, noPrevious, type Signed, statementHash } from './statement.js';
import { storedCheckpoints } from './stored-checkpoints.js';

const PAGE = 2_000;

export type Witness = { readonly dir: string | null; readonly publicKeys: ReadonlyMap<string, KeyObject> };
export type WitnessResult = {
  readonly files: number;
  readonly rows: number;
  readonly leaves: number;
  readonly last: { readonly no: number; readonly day: string } | null;
};

const finding = (kind: FindingKind, zh: string, en: string, caseId?: string): Finding => ({
  kind,
  text: { zh, en },
  ...(caseId === undefined ? {} : { caseId }),
});

/**
 * The checkpoints of the database and, as witness from outside, the exported files: each signed, each following the one before; every case
 * and every event they name must still be there. Deleted tails and cases are found although their rows of checkpoints were deleted too.
 */
export async function checkWitness(reader: AuditReader, witness: Witness, findings: Findings): Promise<WitnessResult> {
  const rows = await storedCheckpoints(reader);
  checkSequence(rows, 'checkpoint-chain', findings);
  for (const row of rows) checkSignature(row, witness.publicKeys, `#${row.statement.no}`, findings);
  if (witness.dir === null) return { files: 0, rows: rows.length, leaves: 0, last: lastOf(rows) };
  const files = checkpointFiles(witness.dir);
  const exported: Signed[] = [];
  let leaves = 0;
  for (const file of files) {
    const read = await checkFile(reader, file, witness.publicKeys, findings);
    leaves += read.leaves;
    if (read.signed) exported.push(read.signed);
  }
  checkSequence(exported, 'checkpoint-file', findings);
  compare(rows, exported, findings);
  return { files: files.length, rows: rows.length, leaves, last: lastOf(exported) ?? lastOf(rows) };
}

const lastOf = (all: readonly Signed[]): WitnessResult['last'] => {
  const last = all.at(-1)?.statement;
  return last ? { no: last.no, day: last.legalDay } : null;
};

/** Numbers from 1 without gaps, each naming the hash of the one before. */
function checkSequence(all: readonly Signed[], kind: 'checkpoint-chain' | 'checkpoint-file', findings: Findings): void {
  let [no, previous] = [0, noPrevious];
  for (const { statement, hash } of all) {
    no += 1;
    if (statement.no !== no || statement.previous !== previous)
      findings.add(
        finding(
          kind,
          `检查点 ${no} 缺失，或 ${statement.no} 未接上前一个`,
          `checkpoint ${no} is missing, or ${statement.no} does not follow the one before`,
        ),
      );
    no = statement.no;
    previous = hash;
  }
}

function checkSignature(signed: Signed, keys: ReadonlyMap<string, KeyObject>, name: string, findings: Findings): void {
  const key = keys.get(signed.statement.keyId);
  const holds = key ? isSigned(signed, key) : statementHash(signed.statement) === signed.hash;
  if (!holds) findings.add(finding('checkpoint-signature', `检查点 ${name} 的签名或内容不符`, `checkpoint ${name} is not what was signed`));
  else if (!key && keys.size > 0)
    findings.add(
      finding(
        'checkpoint-signature',
        `检查点 ${name} 由未知密钥 ${signed.statement.keyId} 签署`,
        `checkpoint ${name} is signed by an unknown key ${signed.statement.keyId}`,
      ),
    );
}

async function checkFile(
  reader: AuditReader,
  { no, name, path }: CheckpointFile,
  keys: ReadonlyMap<string, KeyObject>,
  findings: Findings,
): Promise<{ signed: Signed | null; leaves: number }> {
  const tree = new MerkleRoot();
  const signed = await readCheckpointFile(path, PAGE, async (leaves) => {
    for (const leaf of leaves) tree.add(Buffer.from(leafLine(leaf)));
    await checkLeaves(reader, leaves, name, findings);
  });
  if (
    !signed ||
    signed.statement.no !== no ||
    signed.statement.cases !== tree.size ||
    signed.statement.root !== tree.root().toString('hex')
  ) {
    findings.add(finding('checkpoint-file', `${name} 不完整或内容与签署的不符`, `${name} is incomplete or not what was signed`));
    return { signed, leaves: tree.size };
  }
  if (keys.size === 0)
    findings.add(finding('checkpoint-signature', `没有公钥，无法核对 ${name}`, `no public key: ${name} cannot be checked`));
  checkSignature(signed, keys, name, findings);
  return { signed, leaves: tree.size };
}

type Faulty = { caseId: string; seq: number; gone: boolean };

async function checkLeaves(reader: AuditReader, leaves: readonly Leaf[], name: string, findings: Findings): Promise<void> {
  const rows = await reader.read<Faulty>(
    `SELECT l.case_id AS "caseId", l.seq, c.id IS NULL AS gone FROM unnest($1::uuid[], $2::int[], $3::text[]) AS l(case_id, seq, hash)
     LEFT JOIN cases c ON c.id = l.case_id
     LEFT JOIN case_events e ON e.case_id = l.case_id AND e.seq = l.seq AND encode(e.hash, 'hex') = l.hash
     WHERE c.id IS NULL OR e.case_id IS NULL OR c.version < l.seq`,
    [leaves.map(({ caseId }) => caseId), leaves.map(({ seq }) => seq), leaves.map(({ headHash }) => headHash)],
  );
  for (const { caseId, seq, gone } of rows)
    findings.add(
      gone
        ? finding('witness-case-missing', `${name} 中的案件 ${caseId} 已不存在`, `case ${caseId} of ${name} is gone`, caseId)
        : finding(
            'witness-event-differs',
            `${name} 中案件 ${caseId} 的事件 ${seq} 已缺失或改变`,
            `event ${seq} of case ${caseId} in ${name} is gone or changed`,
            caseId,
          ),
    );
}

/** The same checkpoints in both places; the newest file may wait for its row when a process ended between the two. */
function compare(rows: readonly Signed[], exported: readonly Signed[], findings: Findings): void {
  const [stored, outside] = [rows, exported].map((all) => new Map(all.map((signed) => [signed.statement.no, signed.hash]))) as [
    Map<number, string>,
    Map<number, string>,
  ];
  const newest = exported.at(-1)?.statement.no;
  for (const [no, hash] of outside) {
    if (!stored.has(no) && no === newest && stored.size === no - 1) continue;
    if (stored.get(no) !== hash)
      findings.add(
        finding(
          'checkpoint-chain',
          `数据库中检查点 ${no} 缺失或与导出文件不同`,
          `checkpoint ${no} is missing in the database or differs from its file`,
        ),
      );
  }
  for (const no of stored.keys())
    if (!outside.has(no)) findings.add(finding('checkpoint-file', `检查点 ${no} 没有导出文件`, `checkpoint ${no} has no exported file`));
}
