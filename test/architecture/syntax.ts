// Questions to the syntax tree of one TypeScript file: comments and texts cannot trip a rule, spelling cannot evade it.

import { parseSync } from '@swc/core';

type Node = { type: string } & Record<string, unknown>;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

/** Positions that hold a name without using the thing of that name: `{ process: … }`, `order.process`. */
const NAMING_POSITIONS = new Set(['key', 'property', 'label', 'imported', 'orig', 'exported']);

/** `path` tells whether the file may hold JSX. */
export function parse(text: string, path = ''): Node {
  const tsx = path.endsWith('.tsx');
  return parseSync(text, { syntax: 'typescript', tsx, decorators: true, target: 'es2022' }) as unknown as Node;
}

/** Every node with the position it is found in, depth first. */
export function* nodes(value: unknown, position = ''): Generator<{ node: Node; position: string }> {
  if (Array.isArray(value)) {
    for (const item of value) yield* nodes(item, position);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (isNode(value)) yield { node: value, position };
  for (const [name, child] of Object.entries(value)) yield* nodes(child, name);
}

export const name = (node: unknown): string | null =>
  isNode(node) && (node.type === 'Identifier' || node.type === 'PrivateName') ? String(node.value) : null;

/** Names of values and types that the file uses or declares (not property names). */
export function usedNames(tree: Node): Set<string> {
  const found = new Set<string>();
  for (const { node, position } of nodes(tree)) {
    const value = name(node);
    if (value !== null && !NAMING_POSITIONS.has(position)) found.add(value);
  }
  return found;
}

/** `object.property` pairs, written with a dot. */
export function memberPairs(tree: Node): Set<string> {
  const found = new Set<string>();
  for (const { node } of nodes(tree)) {
    if (node.type === 'MemberExpression') found.add(`${name(node.object) ?? '?'}.${name(node.property) ?? '?'}`);
  }
  return found;
}

/** True when the file has an async function or awaits something. */
export function isAsync(tree: Node): boolean {
  for (const { node } of nodes(tree)) if (node.async === true || node.type === 'AwaitExpression') return true;
  return false;
}

/** Names of classes, interfaces and type aliases declared in the file. */
export function declaredTypes(tree: Node): string[] {
  const kinds = new Set(['ClassDeclaration', 'TsInterfaceDeclaration', 'TsTypeAliasDeclaration', 'TsEnumDeclaration']);
  return [...nodes(tree)].flatMap(({ node }) => (kinds.has(node.type) ? [name(node.identifier ?? node.id) ?? ''] : []));
}

/** Modules whose code this file needs when it runs: imports and re-exports of types alone are left out. */
export function neededModules(tree: Node): string[] {
  const kinds = new Set(['ImportDeclaration', 'ExportAllDeclaration', 'ExportNamedDeclaration']);
  return [...nodes(tree)].flatMap(({ node }) => {
    if (!kinds.has(node.type) || !isNode(node.source) || node.typeOnly === true) return [];
    const names = (node.specifiers ?? []) as { isTypeOnly?: boolean }[];
    return names.length > 0 && names.every(({ isTypeOnly }) => isTypeOnly === true) ? [] : [String(node.source.value)];
  });
}

/** What the file imports, re-exports or loads when it is needed, types included. */
export function importedFrom(tree: Node): string[] {
  const found: string[] = [];
  for (const { node } of nodes(tree)) {
    const { source, callee, arguments: args } = node as { source?: unknown; callee?: unknown; arguments?: { expression: unknown }[] };
    const named = isNode(callee) && callee.type === 'Import' ? args?.[0]?.expression : source;
    if (isNode(named) && named.type === 'StringLiteral') found.push(String(named['value']));
  }
  return found;
}
