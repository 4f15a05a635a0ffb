import { type ArgumentMetadata, StandardSchemaValidationPipe } from '@nestjs/common';
import { type FieldError, Problem } from './problem.js';

type Issue = { readonly message: string; readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[]; readonly code?: string };

const fieldOf = (path: Issue['path']): string => (path ?? []).map((step) => String(typeof step === 'object' ? step.key : step)).join('.');

export const fieldErrors = (issues: readonly Issue[]): FieldError[] =>
  issues.slice(0, 50).map((issue) => ({ field: fieldOf(issue.path), code: issue.code ?? 'invalid', message: issue.message }));

/** Validates body, query and path with the zod schema given in the decorator; 422 with every field that is wrong. */
export class SchemaPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({ exceptionFactory: (issues) => new Problem('request-invalid', { errors: fieldErrors(issues as readonly Issue[]) }) });
  }

  override async transform<T = unknown>(value: T, metadata: ArgumentMetadata) {
    return super.transform(value === undefined && metadata.type === 'body' ? ({} as T) : value, metadata);
  }
}
