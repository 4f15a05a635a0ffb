import type { ClientBase, Connection } from 'pg';

/** One statement of a round trip: its text is prepared once per connection; values as Postgres writes them, or bytes in its binary form. */
export type RoundTripStatement = { readonly text: string; readonly values?: readonly (string | Buffer | null)[] };

/** The rows of one statement: columns in their order, as Postgres writes them. */
export type TextRows = readonly (readonly (string | null)[])[];

/** The connection's own messages, which the types of pg do not show. */
type Wire = Connection & {
  readonly stream: { cork(): void; uncork(): void };
  parse(message: { text: string; name: string }): void;
  bind(message: { statement: string; values: readonly (string | Buffer | null)[] }): void;
  execute(message: Record<string, never>): void;
  sync(): void;
};

let names = 0;
/** What each connection has prepared: text → name. */
const preparedBy = new WeakMap<Connection, Map<string, string>>();

/**
 * Several prepared statements in one packet with one synchronisation at its end: one round trip, one answer. pg's own pipelining sends,
 * synchronises and describes each statement by itself, which costs both sides as much as a small statement does. When one fails the server
 * skips those behind it, a COMMIT too, and the promise is rejected with its error; inside a transaction a ROLLBACK must follow.
 */
export function roundTrip(client: ClientBase, statements: readonly RoundTripStatement[]): Promise<TextRows[]> {
  return new Promise((resolve, reject) => {
    client.query(new RoundTrip(statements, resolve, reject));
  });
}

/** An own kind of query, as pg lets one be submitted: it is told of every message that answers it. */
class RoundTrip {
  private readonly answers: (string | null)[][][] = [];
  private rows: (string | null)[][] = [];
  private readonly fresh: string[] = [];
  private failed = false;

  constructor(
    private readonly statements: readonly RoundTripStatement[],
    private readonly resolve: (answers: TextRows[]) => void,
    private readonly reject: (error: Error) => void,
  ) {}

  submit(connection: Connection): void {
    const wire = connection as Wire;
    const prepared = preparedBy.get(connection) ?? new Map<string, string>();
    preparedBy.set(connection, prepared);
    wire.stream.cork();
    for (const { text, values = [] } of this.statements) {
      wire.bind({ statement: prepared.get(text) ?? this.prepare(wire, prepared, text), values });
      wire.execute({});
    }
    wire.sync();
    wire.stream.uncork();
  }

  private prepare(wire: Wire, prepared: Map<string, string>, text: string): string {
    names += 1;
    const name = `round_trip_${names}`;
    wire.parse({ text, name });
    prepared.set(text, name);
    this.fresh.push(text);
    return name;
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    this.rows.push(fields);
  }

  handleCommandComplete(): void {
    this.answers.push(this.rows);
    this.rows = [];
  }

  handleReadyForQuery(): void {
    if (!this.failed) this.resolve(this.answers);
  }

  /** What stood behind the failure was not prepared either: all that was new gets another name next time. */
  handleError(error: Error, connection: Connection): void {
    this.failed = true;
    const prepared = preparedBy.get(connection);
    for (const text of this.fresh) prepared?.delete(text);
    this.reject(error);
  }
}
