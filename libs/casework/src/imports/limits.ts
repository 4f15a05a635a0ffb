/** What an uploaded spreadsheet may cost. Every limit is counted on what was really read, never on what a header claims. */
export type ReadLimits = {
  readonly fileBytesMax: number;
  readonly inflatedBytesMax: number;
  /** inflated ÷ compressed bytes of one zip entry, checked once `ratioFromBytes` have come out */
  readonly inflateRatioMax: number;
  readonly ratioFromBytes: number;
  readonly zipEntriesMax: number;
  readonly dataRowsMax: number;
  readonly columnsMax: number;
  readonly cellCharsMax: number;
  /** characters of all texts of one file kept in memory */
  readonly textCharsMax: number;
};

export const defaultLimits: ReadLimits = {
  fileBytesMax: 10 * 1024 * 1024,
  inflatedBytesMax: 100 * 1024 * 1024,
  inflateRatioMax: 200,
  ratioFromBytes: 1024 * 1024,
  zipEntriesMax: 200,
  dataRowsMax: 10_000,
  columnsMax: 50,
  cellCharsMax: 500,
  textCharsMax: 20_000_000,
};
