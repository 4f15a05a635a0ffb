import type { Text } from '@tranche/policies';

/** Why a whole file was not taken. */
export type FileCode =
  | 'file-empty'
  | 'file-too-large'
  | 'zip-bomb'
  | 'spreadsheet-broken'
  | 'spreadsheet-kind'
  | 'spreadsheet-encrypted'
  | 'spreadsheet-macro'
  | 'xml-doctype'
  | 'sheet-many'
  | 'header-missing'
  | 'header-duplicate'
  | 'rows-missing'
  | 'too-many-rows'
  | 'too-many-columns'
  | 'cell-too-long'
  | 'text-encoding'
  | 'text-invalid'
  | 'attendance-changed'
  | 'rows-refused';

/** Why one row was not taken. */
export type RowCode =
  | 'cell-empty'
  | 'cell-formula'
  | 'cell-error'
  | 'text-invalid'
  | 'name-invalid'
  | 'id-stored-as-number'
  | 'id-invalid'
  | 'duplicate-in-file'
  | 'level-unknown'
  | 'standard-unknown'
  | 'date-invalid'
  | 'date-in-future'
  | 'date-outside-class'
  | 'number-invalid'
  | 'answer-invalid'
  | 'choice-invalid'
  | 'day-hours-over'
  | 'present-over-expected'
  | 'nobody-present'
  | 'not-on-roster'
  | 'outcome-unknown'
  | 'exclusion-overlap';

/** `row` is the number shown by a spreadsheet program (the header is usually row 1); `value` is masked where it may name a person. */
export type RowProblem = {
  readonly row: number;
  readonly field: string;
  readonly code: RowCode;
  readonly message: Text;
  readonly value: string;
};

export type ImportReport = {
  readonly fileName: string;
  readonly fileSha256: string;
  readonly rowsRead: number;
  readonly problems: readonly RowProblem[];
  /** problems found but not listed */
  readonly moreProblems: number;
};

/** Nothing of the file was stored. `report.problems` lists the rows when the code is `rows-refused`. */
export type ImportRefusal = { readonly ok: false; readonly code: FileCode; readonly message: Text; readonly report: ImportReport };

/** A file refused before its rows could be judged. */
export type FileRefusal = { readonly ok: false; readonly code: FileCode; readonly message: Text };

/** Thrown inside a reader to stop a stream at once; caught at the edge of `readRows` and handed back as its value. */
export class ReadingStopped extends Error {
  constructor(readonly refusal: FileRefusal) {
    super(refusal.code);
  }
}

/** Builds a refusal of a whole file; the sentence "nothing was stored" is added here. */
export function refuseFile(code: FileCode, zh: string, en: string): FileRefusal {
  return { ok: false, code, message: { zh: `${zh}本次未保存任何内容。`, en: `${en} Nothing was stored.` } };
}

export function stopReading(code: FileCode, zh: string, en: string): never {
  throw new ReadingStopped(refuseFile(code, zh, en));
}
