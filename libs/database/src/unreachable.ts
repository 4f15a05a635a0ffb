/** SQLSTATE classes 08 (connection), 53 (resources), 57P (shutdown, starting up), and the operating system's E… codes. */
const CODES = /^(08|53|57P)|^E[A-Z]+$/;
/** The driver's own words where it gives no code. */
const WORDS = /^(Connection terminated|timeout exceeded when trying to connect|Client (was closed|has encountered a connection error))/;

/** Did the server not answer at all, or close the connection? Then the same statement may succeed later; another answer is an answer. */
export function isUnreachable(error: unknown): boolean {
  const { code = '', severity, message = '' } = (error ?? {}) as { code?: string; severity?: string; message?: string };
  return severity === 'FATAL' || CODES.test(code) || WORDS.test(message);
}
