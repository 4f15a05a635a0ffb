import type { Text } from '@tranche/policies';
import type { ImportRefusal, ImportReport, RowCode, RowProblem } from './refusals.js';

const LISTED_MAX = 200;

/** Collects what is wrong with the rows of one file; lists the first 200 and counts the rest. */
export class RowProblems {
  readonly #listed: RowProblem[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(row: number, field: string, code: RowCode, message: Text, value = ''): void {
    this.#count += 1;
    if (this.#listed.length < LISTED_MAX) this.#listed.push({ row, field, code, message, value });
  }

  report(file: FileIdentity, rowsRead: number): ImportReport {
    const problems = this.#listed.toSorted((a, b) => a.row - b.row);
    return { ...file, rowsRead, problems, moreProblems: this.#count - problems.length };
  }

  refusal(file: FileIdentity, rowsRead: number): ImportRefusal {
    const zh = `共有 ${this.#count} 处问题，整份文件未保存。请按列出的行号更正后重新上传整份文件。`;
    const en = `${this.#count} problem${this.#count === 1 ? '' : 's'} found; nothing of the file was stored. Correct the listed rows and upload the whole file again.`;
    return { ok: false, code: 'rows-refused', message: { zh, en }, report: this.report(file, rowsRead) };
  }
}

export type FileIdentity = { readonly fileName: string; readonly fileSha256: string };

/** The report of a file that was refused before or without looking at rows. */
export function emptyReport(file: FileIdentity): ImportReport {
  return { ...file, rowsRead: 0, problems: [], moreProblems: 0 };
}
