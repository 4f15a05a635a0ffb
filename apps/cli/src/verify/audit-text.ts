import { type AuditReport, type FindingKind, findingLabels } from '@tranche/casework';
import { type Language, speaker, text } from '../terminal/language.js';

/** The report as people read it: what was looked at, what was found by kind with the first of each, and what it cannot see. */
export function auditText(report: AuditReport, language: Language): string {
  const say = speaker(language);
  const { checkpoints } = report;
  const lines = [
    say(text(`案件 ${report.cases} 个，事件 ${report.events} 个`, `${report.cases} cases, ${report.events} events`)),
    say(checkpointsText(checkpoints)),
    ...(report.notReplayed > 0
      ? [
          say(
            text(
              `已结案件 ${report.notReplayed} 个的流程不在本版本中：已核对事件链与账簿，未重放`,
              `${report.notReplayed} closed cases run on machines this release does not have: chain and books checked, not replayed`,
            ),
          ),
        ]
      : []),
  ];
  if (report.ok) return [...lines, say(text('核验通过，未发现问题', 'Verified: nothing was found'))].join('\n');
  const found = Object.entries(report.findingsByKind) as [FindingKind, number][];
  for (const [kind, count] of found) {
    const shown = report.findings.filter((finding) => finding.kind === kind);
    lines.push('', `✗ ${say(findingLabels[kind])} (${count})`);
    for (const { caseNo, text: what } of shown) lines.push(`  ${caseNo === undefined ? '' : `${caseNo}  `}${say(what)}`);
    if (count > shown.length) lines.push(say(text(`  …另有 ${count - shown.length} 项`, `  … and ${count - shown.length} more`)));
  }
  return [...lines, '', say(text(`核验未通过：共 ${report.findingsTotal} 项`, `Not verified: ${report.findingsTotal} findings`))].join(
    '\n',
  );
}

function checkpointsText({ witnessed, files, rows, leaves, last }: AuditReport['checkpoints']) {
  if (!witnessed)
    return text(
      `没有检查点文件作外部佐证（库内检查点 ${rows} 个）：整段删除的尾部或案件无法发现`,
      `No exported checkpoint as witness (${rows} in the database): a tail or case deleted with all its rows cannot be seen`,
    );
  return text(
    `检查点文件 ${files} 个（至 ${last?.day ?? ''} 第 ${last?.no ?? 0} 号），逐项核对 ${leaves} 条`,
    `${files} checkpoint files (up to no. ${last?.no ?? 0} of ${last?.day ?? ''}), ${leaves} entries compared`,
  );
}
