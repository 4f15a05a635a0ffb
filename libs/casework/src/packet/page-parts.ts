import { toFen, yuanText } from '@tranche/money';
import type { Cite, Text } from '@tranche/policies';

/** HTML that is already escaped. */
export type Html = { readonly html: string };

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);

export const html = (markup: string): Html => ({ html: markup });
type Cell = string | number | null | Html;
const cell = (value: Cell): string => (value === null ? '—' : typeof value === 'object' ? value.html : escaped(String(value)));

/** Chinese with the English beside it. */
export const both = ({ zh, en }: Text): Html => html(zh === en ? escaped(zh) : `${escaped(zh)} <i lang="en">${escaped(en)}</i>`);
export const words = (zh: string, en: string): Html => both({ zh, en });
export const hash = (hex: string | null): Html => html(hex === null ? '—' : `<code>${escaped(hex)}</code>`);
export const yuan = (fen: string | null): string => (fen === null ? '—' : `${yuanText(toFen(fen))} 元`);
export const clause = ({ doc, clause: where }: Cite): string => `${doc} ${where}`;

export function table(head: readonly Html[], rows: readonly (readonly Cell[])[]): string {
  if (rows.length === 0) return `<p>${words('无', 'none').html}</p>`;
  const line = (cells: readonly Cell[], tag: string): string =>
    `<tr>${cells.map((value) => `<${tag}>${cell(value)}</${tag}>`).join('')}</tr>`;
  return `<table><thead>${line(head, 'th')}</thead><tbody>${rows.map((row) => line(row, 'td')).join('\n')}</tbody></table>`;
}

export const section = (zh: string, en: string, ...body: readonly string[]): string =>
  `<section><h2>${words(zh, en).html}</h2>\n${body.join('\n')}</section>`;

const style = `body{font:14px/1.5 "Noto Sans SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif;margin:2em auto;max-width:72em;padding:0 1em;color:#1f2328}
i{font-style:normal;color:#57606a;font-size:.9em}h1{font-size:1.5em}h2{font-size:1.15em;border-bottom:1px solid #d0d7de;margin-top:2em}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #d0d7de;padding:.3em .5em;text-align:left;vertical-align:top}th{background:#f6f8fa}
code{font-family:ui-monospace,Consolas,monospace;font-size:.85em;word-break:break-all}@media print{section{break-inside:avoid-page}}`;

/** A whole page: no script, nothing fetched, the same bytes for the same content. */
export const page = (title: string, body: readonly string[]): string =>
  `<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>${escaped(title)}</title><style>${style}</style></head>\n<body>\n${body.join('\n')}\n</body></html>\n`;
