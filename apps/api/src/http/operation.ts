import { SetMetadata } from '@nestjs/common';
import type { Text } from '@tranche/policies';
import type { ZodType } from 'zod';
import type { ProblemCode } from './problem-codes.js';

/** What the API reference says about a route beyond what its parameters already say. */
export type OperationParts = {
  readonly summary: Text;
  /** schema of the answer; absent: no body, or `media` tells what is sent instead of JSON */
  readonly answer?: ZodType;
  readonly media?: string;
  /** the route takes one uploaded file (multipart/form-data, part `file`) */
  readonly upload?: boolean;
  /** text fields that stand before the file */
  readonly uploadFields?: ZodType;
  /** refusals particular to this route, beside those that every route may give */
  readonly problems?: readonly ProblemCode[];
};

export const operationKey = 'tranche:operation';

/** Describes a route for `/api/openapi.json`; a test demands it on every route. */
export const Operation = (parts: OperationParts) => SetMetadata(operationKey, parts);
