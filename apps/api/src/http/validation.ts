import { type ArgumentMetadata, StandardSchemaValidationPipe } from '@nestjs/common';
import { fieldIssues, issueWords } from '@tranche/machines';
import type { Text } from '@tranche/policies';
import type { ZodType, z } from 'zod';
import { type FieldError, Problem } from './problem.js';

type Issue = z.core.$ZodIssue;
type Result<T> = { readonly value: T } | { readonly issues: readonly Issue[] };

/** Enough to understand; a client that sends megabytes of unknown names need not get them back. */
const longestMessage = 300;
const mostErrors = 50;

const shortened = ({ zh, en }: Text): Text => ({ zh: zh.slice(0, longestMessage), en: en.slice(0, longestMessage) });

/** What is wrong, field by field, in both languages. */
export const fieldErrors = (issues: readonly Issue[]): FieldError[] =>
  fieldIssues(issues)
    .slice(0, mostErrors)
    .map((issue) => ({
      field: issue.path.map(String).join('.'),
      code: issue.code ?? 'invalid',
      message: shortened(issueWords(issue)),
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
