type Fields = Readonly<Record<string, string | number | boolean | null>>;

/** One line of JSON on standard output. Never pass personal data. */
export function log(level: 'info' | 'warn' | 'error', message: string, fields: Fields = {}): void {
  process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), level, message, pid: process.pid, ...fields })}\n`);
}

type DatabaseError = { code?: string; constraint?: string; table?: string; severity?: string };

/** What may be told of an error: a database's message and detail can quote a person's data, so only its codes are. */
export function describe(error: unknown): Fields {
  if (!(error instanceof Error)) return { error: 'not an Error' };
  const { code, constraint, table, severity } = error as DatabaseError;
  if (severity !== undefined) return { error: 'database', code: code ?? null, constraint: constraint ?? null, table: table ?? null };
  return { error: error.name, code: code ?? null, reason: error.message.slice(0, 300) };
}
