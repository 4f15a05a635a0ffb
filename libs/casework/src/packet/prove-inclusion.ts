import type { KeyObject } from 'node:crypto';
import { readCheckpointFile } from '../audit/checkpoint-files.js';
import { inclusionProof, provesInclusion } from '../audit/merkle.js';
import { isSigned, type Leaf, leafLine, type Signed } from '../audit/statement.js';
import type { Packet } from './packet.js';
import { type PacketFinding, packetFinding } from './packet-finding.js';

/** What an exported checkpoint says of the case of a packet. */
export type Inclusion = {
  readonly findings: readonly PacketFinding[];
  /** events up to this one stood when the checkpoint was signed; null: the case is not in it */
  readonly upTo: number | null;
  readonly no: number | null;
  /** the audit path, hex, from the leaf's sibling up (RFC 6962) */
  readonly path: readonly string[];
};

const unproven = (zh: string, en: string): Inclusion => ({
  findings: [packetFinding('checkpoint-unproven', zh, en)],
  upTo: null,
  no: null,
  path: [],
});

/** Is the packet's story, up to some event, what was signed and exported on that day? `publicKey` null: the signature is not looked at. */
export async function proveInclusion(packet: Packet, file: string, publicKey: KeyObject | null): Promise<Inclusion> {
  const leaves: Leaf[] = [];
  const signed = await readCheckpointFile(file, page, async (some) => void leaves.push(...some));
  if (signed === null) return unproven('检查点文件不完整或无法读取', 'the checkpoint file is incomplete or cannot be read');
  if (publicKey !== null && !isSigned(signed, publicKey))
    return unproven('检查点签名无效', 'the signature of the checkpoint does not hold');
  const own = packet.witnesses?.checkpoint ?? null;
  if (publicKey !== null && own !== null && own.statement.keyId === signed.statement.keyId && !isSigned(own, publicKey))
    return unproven('本包所载检查点的签名无效', 'the signature of the checkpoint inside the packet does not hold');
  return inTree(packet, signed, leaves);
}
const page = 5_000;

function inTree(packet: Packet, { statement }: Signed, leaves: readonly Leaf[]): Inclusion {
  const index = leaves.findIndex(({ caseId }) => caseId === packet.caseId);
  const leaf = leaves[index];
  if (!leaf) return unproven('检查点签署时还没有这一案件', 'the case is not in the checkpoint: it was opened later, or never');
  const lines = leaves.map((each) => Buffer.from(leafLine(each)));
  const path = inclusionProof(lines, index);
  const root = Buffer.from(statement.root, 'hex');
  if (statement.cases !== leaves.length || !provesInclusion(Buffer.from(leafLine(leaf)), index, leaves.length, path, root))
    return unproven('检查点各行与签署的根不符', 'the entries of the checkpoint do not give the root that was signed');
  if (packet.record.events[leaf.seq - 1]?.hash !== leaf.headHash)
    return unproven(
      `检查点中第 ${leaf.seq} 个事件的哈希与本包不同：记录在签署之后被改动或删减`,
      `event ${leaf.seq} in the checkpoint has another hash than here: the record was changed or cut after it was signed`,
    );
  return { findings: [], upTo: leaf.seq, no: statement.no, path: path.map((digest) => digest.toString('hex')) };
}
