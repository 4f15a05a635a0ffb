import { type ZodType, z } from 'zod';
import { type Access, access, isWrite, routeKey } from '../access.js';
import { type ProblemCode, problemKinds } from '../http/problem-codes.js';
import type { RouteDeclaration } from '../http/route-list.js';
import { eventBodySchema } from './event-schemas.js';

type Json = Record<string, unknown>;

const problemSchema: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail', 'errors', 'requestId', 'messages'],
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: '稳定代码,清单见 /api/problems · stable; the list is at /api/problems' },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'code', 'message'],
        properties: {
          field: { type: 'string' },
          code: { type: 'string' },
          message: { type: 'string' },
          rules: { type: 'array', items: { type: 'object' }, description: '用到该事实的规则 · what in the policy needs the fact' },
        },
      },
    },
    requestId: { type: 'string' },
    messages: {
      type: 'object',
      description: 'title and detail in both languages',
      required: ['zh', 'en'],
      properties: { zh: { $ref: '#/components/schemas/ProblemWords' }, en: { $ref: '#/components/schemas/ProblemWords' } },
    },
  },
};

const problemWords: Json = {
  type: 'object',
  required: ['title', 'detail'],
  properties: { title: { type: 'string' }, detail: { type: 'string' } },
};

/** Builds the OpenAPI 3.1 document from the declared routes; named schemas (`meta({ id })`) become components. */
export function openapiDocument(routes: readonly RouteDeclaration[], version: string): Json {
  const components: Json = { Problem: problemSchema, ProblemWords: problemWords };
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, components) };
  }
  const { NewCaseEvent } = components;
  if (NewCaseEvent !== undefined) components['NewCaseEvent'] = eventBodySchema(NewCaseEvent as Json);
  return {
    openapi: '3.1.0',
    info: {
      title: '分期拨 Tranche API',
      version,
      description:
        '分期拨付就业补助资金。金额为人民币分的十进制字符串;日期 YYYY-MM-DD;时刻带 +08:00。\n\nEmployment subsidies paid in stages. Money is a decimal string of fen, dates are YYYY-MM-DD, instants carry +08:00. Writes take an Idempotency-Key and may be repeated safely.',
    },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map(tagOf))].map((name) => ({ name })),
    paths,
    components: {
      schemas: components,
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    },
  };
}

const tagOf = (route: RouteDeclaration): string =>
  route.path
    .replace(/^\/api\/v1\//, '')
    .replace(/^\//, '')
    .split('/')[0] || 'reference';

/** JSON Schema 2020-12 of a zod schema; what it names goes to the components. */
function schemaOf(schema: ZodType, io: 'input' | 'output', components: Json): Json {
  const { $schema: _, $defs = {}, ...own } = z.toJSONSchema(schema, { target: 'draft-2020-12', io, unrepresentable: 'any' }) as Json;
  for (const [name, part] of Object.entries($defs as Json)) components[name] = relocate(part);
  const { id, ...rest } = relocate(own) as Json;
  if (typeof id !== 'string') return rest;
  components[id] = rest;
  return { $ref: `#/components/schemas/${id}` };
}

function relocate(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(relocate);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      key === '$ref' && typeof part === 'string' ? part.replace('#/$defs/', '#/components/schemas/') : relocate(part),
    ]),
  );
}

function operationOf(route: RouteDeclaration, components: Json): Json {
  const rule = access[routeKey(route.method, route.path)];
  const summary = route.operation?.summary;
  return {
    operationId: `${route.controller.replace(/Controller$/, '')}.${route.handler}`,
    tags: [tagOf(route)],
    summary: summary === undefined ? route.handler : `${summary.zh} · ${summary.en}`,
    description: rule === undefined ? '' : whoMay(rule),
    security: rule === undefined || rule.who === 'everybody' ? [] : [{ bearer: [] }],
    parameters: parametersOf(route, rule, components),
    ...bodyOf(route, components),
    responses: responsesOf(route, rule, components),
  };
}

const whoMay = (rule: Access): string =>
  rule.who === 'everybody'
    ? '无需登录 · no sign-in'
    : rule.who === 'signed-in'
      ? '任何已登录人 · anyone signed in'
      : `岗位 · roles: ${rule.who.join(', ')}`;

function parametersOf(route: RouteDeclaration, rule: Access | undefined, components: Json): Json[] {
  const named = (schema: ZodType | undefined, place: 'path' | 'query'): Json[] => {
    if (schema === undefined) return [];
    const { properties = {}, required = [] } = schemaOf(schema, 'input', components) as { properties?: Json; required?: string[] };
    return Object.entries(properties).map(([name, part]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      schema: part,
    }));
  };
  const idempotencyKey = {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,128}$' },
  };
  const takesKey = isWrite(route.method) && rule?.keyless !== true;
  return [...named(route.params, 'path'), ...named(route.query, 'query'), ...(takesKey ? [idempotencyKey] : [])];
}

function bodyOf(route: RouteDeclaration, components: Json): Json {
  if (route.operation?.upload) {
    const { uploadFields } = route.operation;
    const fields = (uploadFields ? schemaOf(uploadFields, 'input', components) : {}) as { properties?: Json; required?: string[] };
    const schema = {
      type: 'object',
      required: [...(fields.required ?? []), 'file'],
      properties: { ...fields.properties, file: { type: 'string', contentMediaType: 'application/octet-stream' } },
    };
    return { requestBody: { required: true, content: { 'multipart/form-data': { schema } } } };
  }
  if (route.body === undefined) return {};
  return { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(route.body, 'input', components) } } } };
}

function responsesOf(route: RouteDeclaration, rule: Access | undefined, components: Json): Json {
  const { answer, media, problems = [] } = route.operation ?? {};
  const schema = answer === undefined ? undefined : schemaOf(answer, 'output', components);
  const content =
    schema !== undefined
      ? { [media ?? 'application/json']: { schema } }
      : media !== undefined
        ? { [media]: { schema: { type: 'string' } } }
        : undefined;
  const responses: Json = { [route.status]: { description: 'OK', ...(content === undefined ? {} : { content }) } };
  for (const [status, codes] of byStatus([...problems, ...everyRoute(route, rule)])) {
    responses[status] = {
      description: codes.join(', '),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    };
  }
  return responses;
}

function everyRoute(route: RouteDeclaration, rule: Access | undefined): ProblemCode[] {
  const signedIn: ProblemCode[] = rule === undefined || rule.who === 'everybody' ? [] : ['sign-in-required'];
  const role: ProblemCode[] = Array.isArray(rule?.who) ? ['role-not-allowed'] : [];
  const write: ProblemCode[] =
    isWrite(route.method) && rule?.keyless !== true ? ['idempotency-key-missing', 'idempotency-key-invalid', 'idempotency-key-reused'] : [];
  const body: ProblemCode[] =
    route.body !== undefined ? ['json-malformed', 'body-too-large', 'media-type-unsupported', 'request-invalid', 'text-invalid'] : [];
  const input: ProblemCode[] = route.query !== undefined || route.params !== undefined ? ['request-invalid', 'text-invalid'] : [];
  const found: ProblemCode[] = route.path.includes('/:') ? ['not-found'] : [];
  return [...signedIn, ...role, ...write, ...body, ...input, ...found, 'internal'];
}

function byStatus(codes: readonly ProblemCode[]): [number, ProblemCode[]][] {
  const groups = new Map<number, ProblemCode[]>();
  for (const code of new Set(codes)) {
    const { status } = problemKinds[code];
    groups.set(status, [...(groups.get(status) ?? []), code]);
  }
  return [...groups].sort(([a], [b]) => a - b);
}
