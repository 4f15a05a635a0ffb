import { Command } from 'commander';
import { type Language, languageOption } from '../terminal/language.js';

export type PacketVerifyOptions = { checkpoint?: string; key?: string; json?: true; lang: Language };

/** `tranche packet`: audit packets, looked at without a database and without asking anybody. */
export const packetCommand = (): Command =>
  new Command('packet').description('审计包：离线核对 · audit packets, checked offline').addCommand(verifyPacketCommand());

const verifyPacketCommand = (): Command =>
  new Command('verify')
    .description('离线核对审计包：哈希链、重放、金额、签批、检查点 · check a packet: chain, replay, sums, signatures, checkpoint')
    .argument('<file>', '审计包（JSON 文件）· packet, a JSON file')
    .option('--checkpoint <file>', '导出的检查点文件 · an exported checkpoint')
    .option('--key <file>', '检查点公钥（PEM） · public key of the checkpoints')
    .option('--json', '输出 JSON · print JSON')
    .addOption(languageOption())
    .action(async (file: string, options: PacketVerifyOptions) => {
      const { verifyPacket } = await import('./verify.js');
      process.exitCode = await verifyPacket(file, options, { out: console.log, err: console.error });
    });
