import { expect, it } from '@jest/globals';
import { unstorable } from '../src/compare.js';
import { Graph } from '../src/graph.js';

/** A graph of these edges; state 0 is the first. */
function graphOf(edges: readonly (readonly number[])[], closed: readonly number[]): Graph {
  const graph = new Graph();
  for (const state of edges.keys()) graph.add(state - 1, state);
  for (const targets of edges) {
    graph.open();
    for (const target of targets) graph.edge(target);
  }
  graph.closed.push(...closed);
  return graph;
}

it.each([
  ['a closed state at the end of a chain', [[1], [2], []], [2], null],
  ['a circle that can still be left', [[1], [0, 2], []], [2], null],
  ['a circle that cannot be left', [[1, 3], [2], [1], []], [3], { first: 1, count: 2 }],
  ['no closed state at all', [[1], []], [], { first: 0, count: 2 }],
  ['the only closed state is the first', [[1], []], [0], { first: 1, count: 1 }],
] as const)('%s', (_, edges, closed, ends) => {
  expect(graphOf(edges, closed).deadEnds()).toEqual(ends);
});

it('tells the causes of the way to a state in order', () => {
  expect(graphOf([[1], [2], []], [2]).pathTo(2)).toEqual([1, 2]);
});

it.each([
  ['undefined', { a: { b: undefined } }, 'context.a.b'],
  ['a bigint', { a: 1n }, 'context.a'],
  ['minus nothing', [0, -0], 'context.1'],
  ['a date', { on: new Map() }, 'context.on'],
  ['plain JSON', { a: [1, 'x', null, true, {}] }, null],
])('JSON keeps or loses %s', (_, value, path) => {
  expect(unstorable(value)).toBe(path);
});
