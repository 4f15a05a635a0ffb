import { explain, oneLine } from './up/problem.js';

/** Prints what went wrong: one line when a person can do something about it, the whole error when it is a bug. */
export function report(error: unknown): void {
  const text = explain(error);
  console.error(text === null ? error : oneLine(text));
}
