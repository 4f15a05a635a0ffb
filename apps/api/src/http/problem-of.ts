import { HttpException } from '@nestjs/common';
import { Problem } from './problem.js';
import type { ProblemCode } from './problem-codes.js';

/** What Fastify and its plugins say, in our codes. */
const fastifyCodes: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'json-malformed',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'json-malformed',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'request-malformed',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media-type-unsupported',
  FST_ERR_CTP_INVALID_TYPE: 'media-type-unsupported',
  FST_ERR_BAD_URL: 'url-malformed',
  FST_ERR_MAX_PARAM_LENGTH: 'url-too-long',
  FST_ERR_NOT_FOUND: 'route-unknown',
  FST_REQ_FILE_TOO_LARGE: 'body-too-large',
  FST_FILES_LIMIT: 'request-malformed',
  FST_FIELDS_LIMIT: 'request-malformed',
  FST_PARTS_LIMIT: 'request-malformed',
  FST_PROTO_VIOLATION: 'request-malformed',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'media-type-unsupported',
  FST_NO_FORM_DATA: 'file-missing',
  FST_MULTIPART_STREAM_TRUNCATED: 'request-malformed',
};

const statusCodes: Readonly<Record<number, ProblemCode>> = {
  // thrown by Nest's JSON parser and by nothing else of ours
  400: 'json-malformed',
  401: 'sign-in-required',
  403: 'role-not-allowed',
  404: 'route-unknown',
  405: 'method-not-allowed',
  408: 'request-timeout',
  409: 'conflict',
  413: 'body-too-large',
  414: 'url-too-long',
  415: 'media-type-unsupported',
  422: 'request-invalid',
  429: 'rate-limited',
  503: 'not-available',
};

/** Postgres: text that cannot be stored (U+0000 that found a way round the check), and a house that is not there or has its hands full. */
const houseCodes: Readonly<Record<string, ProblemCode>> = {
  '22021': 'text-invalid',
  '22P05': 'text-invalid',
  '22003': 'request-invalid',
  '53300': 'not-available',
  '57P01': 'not-available',
  '57P03': 'not-available',
  ECONNREFUSED: 'not-available',
  TOO_MANY_LOGINS: 'not-available',
};

type Coded = { readonly code?: unknown; readonly statusCode?: unknown };

/** Whatever was thrown, as a problem. What nobody foresaw becomes `internal` and says nothing of its insides. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  const { code, statusCode } = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as Coded;
  if (typeof code === 'string') {
    const known = fastifyCodes[code] ?? houseCodes[code];
    if (known !== undefined) return new Problem(known);
  }
  const status = thrown instanceof HttpException ? thrown.getStatus() : statusCode;
  const byStatus = typeof status === 'number' ? statusCodes[status] : undefined;
  return new Problem(byStatus ?? 'internal');
}
