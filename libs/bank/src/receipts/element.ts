import type { Position } from './receipt.js';

/** A small piece of a document, whole in memory: one transaction, one balance, one header. */
export interface Element {
  readonly name: string;
  readonly at: Position;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** The first element on a way of names below this one. */
export function find(element: Element | undefined, ...way: string[]): Element | undefined {
  let at = element;
  for (const name of way) at = at?.children.find((child) => child.name === name);
  return at;
}

export const findAll = (element: Element | undefined, name: string): Element[] =>
  element?.children.filter((child) => child.name === name) ?? [];

/** The trimmed text on a way of names; null where there is no element or nothing in it. */
export function textOf(element: Element | undefined, ...way: string[]): string | null {
  const found = find(element, ...way)?.text.trim();
  return found === undefined || found === '' ? null : found;
}

/** The first way that leads to a text: versions of a message keep the same thing in different places. */
export function firstText(element: Element | undefined, ...ways: readonly (readonly string[])[]): string | null {
  for (const way of ways) {
    const found = textOf(element, ...way);
    if (found !== null) return found;
  }
  return null;
}
