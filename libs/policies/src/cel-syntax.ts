import type { ASTNode } from '@marcbachmann/cel-js';

const OPERATORS = new Set([
  'value',
  'id',
  '.',
  '[]',
  'call',
  'rcall',
  'list',
  '?:',
  '||',
  '&&',
  '!_',
  '-_',
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  '+',
  '-',
  '*',
  'in',
] as string[]);
/** The closed set of functions a policy may call. */
export const FUNCTIONS: ReadonlySet<string> = new Set([
  ...['share', 'halfUp', 'atMost', 'below', 'sum', 'least', 'greatest'],
  ...['standard', 'listed', 'addMonths', 'size'],
  ...['months', 'monthStart', 'days', 'portion', 'wholes', 'distinct'],
]);
const METHODS = new Set(['map', 'filter', 'all', 'exists', 'exists_one', 'size']);
const BINDING = new Set(['map', 'filter', 'all', 'exists', 'exists_one']);
/** Position of the share or rate among the arguments. */
const FRACTION_ARGUMENT: ReadonlyMap<string, number> = new Map([
  ['share', 1],
  ['halfUp', 1],
  ['atMost', 2],
  ['below', 2],
]);

/** A share given to a function: written out, or a parameter that must hold one; anything else is refused. */
export type FractionUse = { readonly literal: string } | { readonly parameter: string };

/** What an expression reads and which of its parts are not allowed in a policy. */
export type Reading = {
  readonly names: ReadonlySet<string>;
  readonly parameters: ReadonlySet<string>;
  readonly fractions: readonly FractionUse[];
  /** whole numbers written out */
  readonly numbers: readonly bigint[];
  /** texts written out that an input is compared with */
  readonly compared: readonly { readonly name: string; readonly text: string }[];
  readonly refused: readonly string[];
  /** the input that is read before anything else: while it is not known, the expression is not either */
  readonly first?: string;
};

type Draft = {
  names: Set<string>;
  parameters: Set<string>;
  fractions: FractionUse[];
  numbers: bigint[];
  compared: { name: string; text: string }[];
  refused: string[];
};

/** Walks the parsed expression once; macro variables are not inputs. */
export function readSyntax(ast: ASTNode): Reading {
  const draft: Draft = { names: new Set(), parameters: new Set(), fractions: [], numbers: [], compared: [], refused: [] };
  walk(ast, new Set(), draft);
  const first = firstRead(ast);
  return typeof first === 'string' ? { ...draft, first } : draft;
}

/**
 * The name that evaluation comes to first, from the left; `NOTHING`: only literals and parameters so far; `UNSURE`: something else may
 * decide before (`false && unknown` is false) or fail before.
 */
function firstRead({ op, args }: ASTNode): string | typeof NOTHING | typeof UNSURE {
  if (op === 'value' || (op === '.' && isParameters(args[0], NO_NAMES))) return NOTHING;
  if (op === 'id') return args;
  if (op === '&&' || op === '||') return UNSURE;
  const inOrder: readonly ASTNode[] = op === 'call' ? args[1] : op === 'rcall' ? [args[1]] : childrenOf(args);
  for (const child of op === '?:' ? inOrder.slice(0, 1) : inOrder) {
    const read = firstRead(child);
    if (read !== NOTHING) return read;
  }
  return UNSURE;
}

const NOTHING = Symbol('nothing');
const UNSURE = Symbol('unsure');
const NO_NAMES: ReadonlySet<string> = new Set();

function walk(node: ASTNode, bound: ReadonlySet<string>, draft: Draft): void {
  if (node.op === '/') draft.refused.push("'/' between whole numbers cuts off the rest; use share(fen, '1/2') or halfUp");
  else if (!OPERATORS.has(node.op)) draft.refused.push(`operator '${node.op}' is not part of the policy language`);
  const { op, args } = node;
  if (COMPARING.has(op)) draft.compared.push(...comparisons(childrenOf(args), bound));
  if (op === 'value') refuseLiteral(args, draft);
  else if (op === 'id') readName(args, bound, draft);
  else if (op === '.' && isParameters(args[0], bound)) draft.parameters.add(args[1]);
  else if (op === 'call') walkCall(args[0], args[1], bound, draft);
  else if (op === 'rcall') walkMethod(args[0], args[1], args[2], bound, draft);
  else for (const child of childrenOf(args)) walk(child, bound, draft);
}

function readName(name: string, bound: ReadonlySet<string>, draft: Draft): void {
  if (bound.has(name)) return;
  if (name === 'p') draft.refused.push("'p' must be followed by the name of a parameter");
  draft.names.add(name);
}

const COMPARING: ReadonlySet<string> = new Set(['==', '!=', 'in']);

/** `form == 'ONE_OFF'`, `form in ['A', 'B']`: the input and each text it is held against. */
function comparisons(sides: readonly ASTNode[], bound: ReadonlySet<string>): Draft['compared'] {
  const names = sides.flatMap(({ op, args }) => (op === 'id' && !bound.has(args) ? [args] : []));
  const texts = sides
    .flatMap((side) => (side.op === 'list' ? childrenOf(side.args) : [side]))
    .flatMap(({ op, args }) => (op === 'value' && typeof args === 'string' ? [args] : []));
  return names.flatMap((name) => texts.map((text) => ({ name, text })));
}

const isParameters = (node: ASTNode, bound: ReadonlySet<string>): boolean => node.op === 'id' && node.args === 'p' && !bound.has('p');

function refuseLiteral(literal: unknown, draft: Draft): void {
  if (typeof literal === 'number') draft.refused.push(`${literal} is a floating-point number; write shares as text ('50%', '2/3')`);
  else if (typeof literal === 'bigint') draft.numbers.push(literal);
  else if (typeof literal === 'object') draft.refused.push('only whole numbers, texts, true and false may be written in a policy');
}

function walkCall(name: string, args: readonly ASTNode[], bound: ReadonlySet<string>, draft: Draft): void {
  if (!FUNCTIONS.has(name)) draft.refused.push(`function '${name}' is not part of the policy language`);
  const at = FRACTION_ARGUMENT.get(name);
  if (at !== undefined) readFraction(name, args[at], bound, draft);
  for (const child of args) walk(child, bound, draft);
}

function readFraction(name: string, node: ASTNode | undefined, bound: ReadonlySet<string>, draft: Draft): void {
  if (node?.op === 'value' && typeof node.args === 'string') draft.fractions.push({ literal: node.args });
  else if (node?.op === '.' && isParameters(node.args[0], bound)) draft.fractions.push({ parameter: node.args[1] });
  else draft.refused.push(`the share given to '${name}' must be a text such as '50%' or a parameter`);
}

function walkMethod(name: string, receiver: ASTNode, args: readonly ASTNode[], bound: ReadonlySet<string>, draft: Draft): void {
  if (!METHODS.has(name)) draft.refused.push(`method '${name}' is not part of the policy language`);
  walk(receiver, bound, draft);
  const variable = BINDING.has(name) && args[0]?.op === 'id' ? args[0].args : undefined;
  const inner = variable === undefined ? bound : new Set([...bound, variable]);
  for (const child of variable === undefined ? args : args.slice(1)) walk(child, inner, draft);
}

function childrenOf(args: unknown): ASTNode[] {
  if (Array.isArray(args)) return args.flatMap(childrenOf);
  return isNode(args) ? [args] : [];
}

const isNode = (value: unknown): value is ASTNode => typeof value === 'object' && value !== null && 'op' in value;
