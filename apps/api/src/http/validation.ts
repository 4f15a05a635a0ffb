import { type ArgumentMetadata, StandardSchemaValidationPipe } from '@nestjs/common';
import { type ZodType, z } from 'zod';
import { type FieldError, Problem } from './problem.js';

type Issue = z.core.$ZodIssue;
type Result<T> = { readonly value: T } | { readonly issues: readonly Issue[] };

const zh = z.locales.zhCN().localeError;
const en = z.locales.en().localeError;
/** Enough to understand; a client that sends megabytes of unknown names need not get them back. */
const longestMessage = 300;
const mostErrors = 50;

const wordsOf = (say: typeof zh, issue: Issue): string => {
  const said = say(issue as Parameters<typeof zh>[0]);
  const text = typeof said === 'string' ? said : (said?.message ?? issue.message);
  return text.slice(0, longestMessage);
};

/** What is wrong, field by field, in both languages. */
export const fieldErrors = (issues: readonly Issue[]): FieldError[] =>
  issues.slice(0, mostErrors).map((issue) => ({
    field: issue.path.map(String).join('.'),
    code: issue.code ?? 'invalid',
    message: { zh: wordsOf(zh, issue), en: wordsOf(en, issue) },
  }));

/** Validates body, query and path with the zod schema given in the decorator; 422 with every field that is wrong. */
export class SchemaPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({ exceptionFactory: (issues) => new Problem('request-invalid', { errors: fieldErrors(issues as readonly Issue[]) }) });
  }

  override async transform<T = unknown>(value: T, metadata: ArgumentMetadata) {
    return super.transform(value === undefined && metadata.type === 'body' ? ({} as T) : value, metadata);
  }

  /** zod itself instead of its standard face: the words need to know what came instead of what was expected. */
  protected override validate<T = unknown>(value: unknown, schema: unknown): Result<T> {
    const parsed = (schema as ZodType<T>).safeParse(value, { reportInput: true });
    return parsed.success ? { value: parsed.data } : { issues: parsed.error.issues };
  }
}
