import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { casePolicies, checkPacket, type Inclusion, type Packet, type PacketFinding, proveInclusion } from '@tranche/casework';
import { speaker, text } from '../terminal/language.js';
import { StartProblem } from '../up/problem.js';
import type { PacketVerifyOptions } from './packet.command.js';
import { verdictText } from './verdict-text.js';

type Terminal = { readonly out: (line: string) => void; readonly err: (line: string) => void };

/** Checks one packet offline; answers 0 when nothing was found, 1 when something was, 2 when it could not be looked at. */
export async function verifyPacket(file: string, options: PacketVerifyOptions, { out, err }: Terminal): Promise<number> {
  try {
    const packet = readJson(file);
    const inclusion = await inclusionOf(packet, options);
    const verdict = checkPacket(casePolicies(), packet);
    const findings: readonly PacketFinding[] = [...verdict.findings, ...(inclusion?.findings ?? [])];
    if (options.json) out(JSON.stringify({ ok: findings.length === 0, ...verdict, findings, inclusion }, null, 2));
    else out(verdictText({ packet, verdict, inclusion, findings, keyed: options.key !== undefined }, speaker(options.lang)));
    return findings.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof StartProblem)) throw error;
    err(error.message);
    return 2;
  }
}

function readJson(file: string): Packet {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Packet;
  } catch {
    throw new StartProblem(text(`无法读取 ${file}：不是 JSON 文件`, `${file} cannot be read: it is no JSON file`));
  }
}

function publicKeyIn(file: string): KeyObject {
  try {
    return createPublicKey(readFileSync(file, 'utf8'));
  } catch {
    throw new StartProblem(text(`${file} 不是公钥（PEM）`, `${file} holds no public key (PEM)`));
  }
}

async function inclusionOf(packet: Packet, { checkpoint, key }: PacketVerifyOptions): Promise<Inclusion | null> {
  if (checkpoint === undefined) {
    if (key === undefined) return null;
    throw new StartProblem(text('--key 须与 --checkpoint 一起使用', '--key goes with --checkpoint'));
  }
  const publicKey = key === undefined ? null : publicKeyIn(key);
  try {
    return await proveInclusion(packet, checkpoint, publicKey);
  } catch {
    throw new StartProblem(text(`无法读取检查点 ${checkpoint}`, `the checkpoint ${checkpoint} cannot be read`));
  }
}
