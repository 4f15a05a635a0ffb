// Own cases with every payment, as a CSV that a spreadsheet opens: UTF-8 with its mark, money in yuan, nothing that runs as a formula.

import { api, good, type Schemas } from '../api/client.js';
import { yuan } from '../pieces/fen.js';
import type { Language, Text } from '../text/text.js';
import { cell } from './cell.js';

const heads: readonly Text[] = [
  { zh: '案件编号', en: 'Case' },
  { zh: '政策', en: 'Policy' },
  { zh: '期次', en: 'Payment' },
  { zh: '状态', en: 'State' },
  { zh: '金额（元）', en: 'Amount (yuan)' },
  { zh: '已拨（元）', en: 'Paid (yuan)' },
  { zh: '到账日', en: 'Arrived' },
  { zh: '最迟', en: 'By' },
];

const rowsOf = (of: Schemas['CaseOverview'], language: Language): string[] =>
  of.tranches.map((tranche) =>
    [
      of.caseNo,
      of.policy.title[language],
      tranche.label[language],
      tranche.stateLabel[language],
      tranche.amountFen === null ? '' : yuan(tranche.amountFen).replaceAll(',', ''),
      yuan(tranche.paidFen).replaceAll(',', ''),
      tranche.paidOn ?? '',
      tranche.due?.lastDay ?? '',
    ]
      .map(cell)
      .join(','),
  );

/** Asks page after page and hands the file to the browser. @throws Refused */
export async function exportCases(language: Language): Promise<void> {
  const lines = [heads.map((head) => cell(head[language])).join(',')];
  for (let cursor: string | undefined; ; ) {
    const query = { limit: 200, ...(cursor === undefined ? {} : { cursor }) };
    const page = await good(api.GET('/api/v1/cases/overviews', { params: { query } }));
    lines.push(...page.items.flatMap((of) => rowsOf(of, language)));
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  save(`\uFEFF${lines.join('\r\n')}\r\n`, 'cases.csv');
}

function save(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
