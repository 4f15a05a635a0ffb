/** A column of the rows a statement is given: its name and its type in Postgres. */
export type RowColumn = { readonly name: string; readonly type: ColumnType };
export type ColumnType = keyof typeof kinds;

/** The columns that a text like `id uuid, version int` names. Throws on a type that no rows are sent in. */
export function rowColumns(text: string): RowColumn[] {
  return text.split(',').map((column) => {
    const [name = '', type = ''] = column.trim().split(' ');
    if (!(type in kinds)) throw new Error(`no rows are sent as ${type}: ${name}`);
    return { name, type: type as ColumnType };
  });
}

/** Rows `r` of arrays, as they stand behind FROM: a parameter for each column, the first of them `$first`. */
export const unnested = (columns: readonly RowColumn[], first: number): string =>
  `unnest(${columns.map(({ type }, index) => `$${first + index}::${type}[]`).join(', ')}) AS r(${columns.map(({ name }) => name).join(', ')})`;

/** Writes one value, not null, behind its length; what it may take at most is there already. */
type Kind = { readonly oid: number; readonly put: (pen: Pen, value: unknown) => void };

/**
 * The columns of many rows as arrays in Postgres' binary form, in the order of `columns`: nothing is escaped, and the server parses only
 * what is JSON. Values are those of a row as JSON (`Row`); one that is missing is NULL. Throws on a value that its type cannot say.
 */
export function columnArrays(columns: readonly RowColumn[], rows: readonly Readonly<Record<string, unknown>>[]): Buffer[] {
  const pen = new Pen();
  const ends = columns.map((column) => {
    putColumn(pen, column, rows);
    return pen.at;
  });
  const written = pen.taken();
  return ends.map((end, index) => written.subarray(index === 0 ? 0 : ends[index - 1], end));
}

function putColumn(pen: Pen, { name, type }: RowColumn, rows: readonly Readonly<Record<string, unknown>>[]): void {
  const { oid, put } = kinds[type];
  pen.room(20);
  pen.int(1);
  pen.int(rows.some((row) => row[name] === null || row[name] === undefined) ? 1 : 0);
  pen.int(oid);
  pen.int(rows.length);
  pen.int(1);
  for (const row of rows) {
    const value = row[name];
    pen.room(4);
    if (value === null || value === undefined) {
      pen.int(-1);
      continue;
    }
    const start = pen.at;
    pen.at += 4;
    put(pen, value);
    pen.buffer.writeInt32BE(pen.at - start - 4, start);
  }
}

/** A page kept for the next rows, as long as it is not a large one. */
const keptBytes = 4 * 1024 * 1024;
let spare: Buffer | null = null;

/** Where it is written: grows as it fills. */
class Pen {
  buffer = spare ?? Buffer.allocUnsafeSlow(64 * 1024);
  at = 0;

  constructor() {
    spare = null;
  }

  room(bytes: number): void {
    if (this.at + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.buffer.length * 2, this.at + bytes));
    this.buffer.copy(larger, 0, 0, this.at);
    this.buffer = larger;
  }

  int(value: number): void {
    this.at = this.buffer.writeInt32BE(value, this.at);
  }

  text(text: string): void {
    this.room(text.length * 3);
    this.at += this.buffer.write(text, this.at);
  }

  /** A copy of all that was written; the page itself serves the next. */
  taken(): Buffer {
    const written = Buffer.allocUnsafeSlow(this.at);
    this.buffer.copy(written, 0, 0, this.at);
    if (this.buffer.length <= keptBytes) spare = this.buffer;
    return written;
  }
}

/** Rows of one transaction repeat their days and instants, and share their stamps: the last answer is kept. */
function lastly<V, R>(of: (value: V) => R): (value: V) => R {
  let [known, answer]: [V | undefined, R | undefined] = [undefined, undefined];
  return (value) => {
    if (value !== known || answer === undefined) [known, answer] = [value, of(value)];
    return answer;
  };
}

const epochMs = Date.UTC(2000, 0, 1);
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:\d\d)$/;
const day = /^\d{4}-\d\d-\d\d$/;

const msOf = (text: unknown, form: RegExp): number => {
  const ms = typeof text === 'string' && form.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) throw new RangeError(`no value of its column: ${String(text)}`);
  return ms - epochMs;
};
const microseconds = lastly((value: unknown) => msOf(value, instant) * 1_000);
const days = lastly((value: unknown) => msOf(value, day) / 86_400_000);
const jsonOf = (value: unknown): string => JSON.stringify(value);
/** Only what cannot change between two rows is remembered by its identity. */
const frozenJson = lastly(jsonOf);
const json = (value: unknown): string => (typeof value === 'object' && Object.isFrozen(value) ? frozenJson(value) : jsonOf(value));

const dashes = /-/g;

function hex(pen: Pen, digits: string): void {
  pen.room(digits.length / 2);
  const written = pen.buffer.write(digits, pen.at, 'hex');
  if (written * 2 !== digits.length) throw new RangeError(`not hexadecimal: ${digits}`);
  pen.at += written;
}

function bytes(pen: Pen, value: unknown): void {
  if (typeof value !== 'string' || !value.startsWith('\\x')) throw new RangeError('bytes are written as \\x…');
  hex(pen, value.slice(2));
}

function uuid(pen: Pen, value: unknown): void {
  const digits = String(value).replace(dashes, '');
  if (digits.length !== 32) throw new RangeError(`not a uuid: ${String(value)}`);
  hex(pen, digits);
}

function long(pen: Pen, value: number): void {
  pen.room(8);
  pen.int(Math.floor(value / 2 ** 32));
  pen.at = pen.buffer.writeUInt32BE(((value % 2 ** 32) + 2 ** 32) % 2 ** 32, pen.at);
}

const flag: Kind = {
  oid: 16,
  put: (pen, value) => {
    if (typeof value !== 'boolean') throw new RangeError(`neither true nor false: ${String(value)}`);
    pen.room(1);
    pen.at = pen.buffer.writeUInt8(value ? 1 : 0, pen.at);
  },
};

/** Type numbers of pg_type. */
const kinds = {
  uuid: { oid: 2950, put: uuid },
  text: { oid: 25, put: (pen, value) => pen.text(typeof value === 'string' ? value : jsonOf(value)) },
  json: { oid: 114, put: (pen, value) => pen.text(json(value)) },
  jsonb: {
    oid: 3802,
    put: (pen, value) => {
      pen.room(1);
      // the version of jsonb's binary form
      pen.at = pen.buffer.writeUInt8(1, pen.at);
      pen.text(json(value));
    },
  },
  int: {
    oid: 23,
    put: (pen, value) => {
      pen.room(4);
      pen.int(Number(value));
    },
  },
  bigint: {
    oid: 20,
    put: (pen, value) => {
      pen.room(8);
      pen.at = pen.buffer.writeBigInt64BE(BigInt(value as string), pen.at);
    },
  },
  bool: flag,
  boolean: flag,
  bytea: { oid: 17, put: bytes },
  date: {
    oid: 1082,
    put: (pen, value) => {
      pen.room(4);
      pen.int(days(value));
    },
  },
  timestamptz: { oid: 1184, put: (pen, value) => long(pen, microseconds(value)) },
} as const satisfies Record<string, Kind>;
