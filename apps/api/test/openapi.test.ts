import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { patternWords } from '@tranche/machines';
import { access, isWrite, routeKey } from '../src/access.js';
import { controllersFor } from '../src/controllers.js';
import { routesOf } from '../src/http/route-list.js';
import { openapiDocument } from '../src/reference/openapi.js';

type Operation = {
  operationId: string;
  summary: string;
  security: object[];
  parameters: { name: string; in: string; required: boolean; schema: object }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
};
type Document = { openapi: string; paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, object> } };

const document = openapiDocument(routesOf(controllersFor(true)), '0.0.0') as unknown as Document;
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);

/** Every object in the document, with its place. */
function* objects(value: unknown, place: string): Generator<[string, Record<string, unknown>]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [place, value as Record<string, unknown>];
  for (const [key, part] of Object.entries(value)) yield* objects(part, `${place}/${key}`);
}

describe('the OpenAPI document', () => {
  it('is of version 3.1', () => {
    expect(document).toMatchObject({ openapi: '3.1.0', info: { title: expect.any(String), version: expect.any(String) } });
  });

  it('has words for every pattern a person can miss: what would be accepted, not the pattern', () => {
    const patterns = [...objects(document, '')].flatMap(([, { pattern, format }]) =>
      typeof pattern === 'string' && format === undefined ? [pattern] : [],
    );
    const named = (pattern: string) => pattern in patternWords || /^\^\\d\{\d+(,\d+)?\}\$$/.test(pattern);
    expect([...new Set(patterns)].filter((pattern) => !named(pattern))).toEqual([]);
    expect(patterns.length).toBeGreaterThan(20);
  });

  it('covers every route of the table, and nothing else', () => {
    const described = operations.map(({ path, method }) => routeKey(method, path.replace(/\{(\w+)\}/g, ':$1'))).sort();
    expect(described).toEqual(Object.keys(access).sort());
  });

  it('has unique operation ids, and a summary in both languages', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { operation } of operations) expect(operation.summary).toMatch(/\p{Script=Han}.* · \w/u);
  });

  it('resolves every reference', () => {
    for (const [place, { $ref }] of objects(document, '#')) {
      if ($ref === undefined) continue;
      const name = /^#\/components\/schemas\/(\w+)$/.exec(String($ref))?.[1] ?? '';
      expect([place, Object.hasOwn(document.components.schemas, name)]).toEqual([place, true]);
    }
  });

  it('uses the words of JSON Schema 2020-12, not those of OpenAPI 3.0', () => {
    for (const [place, object] of objects(document, '#')) {
      if (place.endsWith('/properties')) continue;
      expect([place, 'nullable' in object]).toEqual([place, false]);
      expect([place, typeof object['exclusiveMinimum']]).not.toEqual([place, 'boolean']);
    }
  });

  it('declares every part of a path, exactly once', () => {
    for (const { path, operation } of operations) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
      const declared = operation.parameters.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name);
      expect([path, declared.sort()]).toEqual([path, named]);
      expect(operation.parameters.every((parameter) => parameter.in !== 'path' || parameter.required)).toBe(true);
    }
  });

  it('asks for an Idempotency-Key on every write but signing in and out and asking', () => {
    const keyless = operations.filter(
      ({ method, operation }) => isWrite(method) && !operation.parameters.some(({ name }) => name === 'Idempotency-Key'),
    );
    expect(keyless.map(({ path, method }) => `${method} ${path}`).sort()).toEqual([
      'DELETE /api/v1/session',
      'POST /api/v1/policies/match',
      'POST /api/v1/policies/{id}/assess',
      'POST /api/v1/session',
      'POST /api/v1/session/first',
      'POST /api/v1/session/otp',
      'POST /api/v1/session/otp/confirm',
      'POST /api/v1/session/password',
    ]);
  });

  it('answers every refusal as a problem document', () => {
    for (const { path, operation } of operations) {
      const statuses = Object.keys(operation.responses);
      expect([path, statuses.some((status) => Number(status) < 300)]).toEqual([path, true]);
      for (const [status, { content }] of Object.entries(operation.responses))
        if (Number(status) >= 400) expect([path, status, Object.keys(content ?? {})]).toEqual([path, status, ['application/problem+json']]);
    }
  });

  it('offers every event a person may send with its data, and none of the system', () => {
    const { oneOf } = document.components.schemas['NewCaseEvent'] as {
      oneOf: { properties: { type: { const: string }; data: { type: string } } }[];
    };
    const types = oneOf.map(({ properties }) => properties.type.const);
    expect(types).toEqual(
      expect.arrayContaining(['application.submitted', 'milestone.halfway', 'acceptance.failed', 'correction.proposed']),
    );
    expect(types).not.toContain('disbursement.settled');
    expect(types).not.toContain('deadline.passed');
    expect(types).not.toContain('roster.imported');
    expect(oneOf.every(({ properties }) => properties.data.type === 'object')).toBe(true);
  });

  it('knows money only as text', () => {
    for (const [place, object] of objects(document.components, '#'))
      if (place.endsWith('/properties'))
        for (const [name, schema] of Object.entries(object))
          if (/Fen$/.test(name))
            expect([place, name, JSON.stringify(schema)]).toEqual([place, name, expect.stringMatching(/"type":"string"/)]);
  });
});
