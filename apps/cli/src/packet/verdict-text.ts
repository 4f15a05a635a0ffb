import type { Inclusion, Packet, PacketFinding, PacketVerdict } from '@tranche/casework';
import { type Speaker, text } from '../terminal/language.js';
import { yuan } from '../terminal/money.js';

export type Looked = {
  readonly packet: Packet;
  readonly verdict: PacketVerdict;
  readonly inclusion: Inclusion | null;
  readonly findings: readonly PacketFinding[];
  /** the signature of the checkpoint was looked at */
  readonly keyed: boolean;
};

/** What was looked at, what was found, and what this check cannot see. */
export function verdictText({ packet, verdict, inclusion, findings, keyed }: Looked, say: Speaker): string {
  if (verdict.events === 0) return [...findings.map(({ text: what }) => `✗ ${say(what)}`), say(failed(findings.length))].join('\n');
  const lines = [
    say(
      text(
        `案件 ${packet.caseNo}，事件 ${verdict.events} 个，链首 ${verdict.headHash}`,
        `Case ${packet.caseNo}, ${verdict.events} events, head ${verdict.headHash}`,
      ),
    ),
    say(
      text(
        `已到账 ${yuan(packet.story.sums.settledFen, 'zh')}，已收回 ${yuan(packet.story.sums.receivedFen, 'zh')}`,
        `Settled ${yuan(packet.story.sums.settledFen, 'en')}, repaid ${yuan(packet.story.sums.receivedFen, 'en')}`,
      ),
    ),
    say(
      verdict.replayed
        ? text(
            '已在本版本的流程上重放：状态、金额、凭证逐项比对',
            'Told again on this release’s machine: states, amounts, postings compared',
          )
        : text('未能重放：只核对了事件链', 'Not told again: only the chain was checked'),
    ),
    say(linesText(packet)),
    say(inclusionText(inclusion, verdict.events, keyed)),
    say(
      text(
        `${packet.informative.length} 类内容仅由封存哈希覆盖（见 informative）`,
        `${packet.informative.length} kinds of leaves rest on the seal alone (see "informative")`,
      ),
    ),
  ];
  if (findings.length === 0) return [...lines, '', say(text('核对通过，未发现问题', 'Checked: nothing was found'))].join('\n');
  return [...lines, '', ...findings.map(({ text: what }) => `✗ ${say(what)}`), '', say(failed(findings.length))].join('\n');
}

const failed = (count: number) => text(`核对未通过：共 ${count} 项`, `Not verified: ${count} findings`);

function linesText({ witnesses: { batches } }: Packet) {
  const without = batches.filter(({ signedLines, ownLines }) => signedLines === null && (ownLines ?? null) === null).length;
  if (without === 0)
    return text(`拨付单 ${batches.length} 张，签批内容逐行重算`, `${batches.length} batches, what was signed recomputed line by line`);
  return text(
    `拨付单 ${without} 张未附签批的各行：内容哈希未重算（导出时加 ?lines=signed）`,
    `${without} batches without their signed lines: their content hash was not recomputed (export with ?lines=signed)`,
  );
}

function inclusionText(inclusion: Inclusion | null, events: number, keyed: boolean) {
  if (inclusion === null)
    return text(
      '未给出检查点：伪造者若整体重写全部事件，单凭本包无法发现',
      'No checkpoint given: a forger who wrote all events anew cannot be seen from the packet alone',
    );
  if (inclusion.upTo === null) return text('检查点未能佐证', 'The checkpoint does not bear it out');
  const signature = keyed
    ? text('签名有效', 'its signature holds')
    : text('签名未核对（未给出公钥）', 'its signature was not looked at (no key)');
  return text(
    `检查点 ${inclusion.no} 佐证第 1 至 ${inclusion.upTo} 个事件（共 ${events} 个），${signature.zh}`,
    `Checkpoint ${inclusion.no} bears out events 1 to ${inclusion.upTo} of ${events}; ${signature.en}`,
  );
}
