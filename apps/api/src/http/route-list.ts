import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { ZodType } from 'zod';
import { type OperationParts, operationKey } from './operation.js';

/** One route as its controller declares it. */
export type RouteDeclaration = {
  readonly method: string;
  /** Fastify's form: `/api/v1/cases/:id` */
  readonly path: string;
  readonly status: number;
  readonly controller: string;
  readonly handler: string;
  readonly operation: OperationParts | undefined;
  readonly body: ZodType | undefined;
  readonly query: ZodType | undefined;
  readonly params: ZodType | undefined;
};

type Argument = { readonly schema?: ZodType };

const pathOf = (prefix: string, path: string): string =>
  `/${[prefix, path]
    .flatMap((part) => part.split('/'))
    .filter(Boolean)
    .join('/')}`;

/** Reads the decorators of the controllers: the same schemas that validate also describe. */
export function routesOf(controllers: readonly Type[]): RouteDeclaration[] {
  return controllers.flatMap((controller) => {
    const prefix = String(Reflect.getMetadata(PATH_METADATA, controller) ?? '');
    const prototype = controller.prototype as Record<string, unknown>;
    return Object.getOwnPropertyNames(prototype).flatMap((handler) => {
      const method = handler === 'constructor' ? undefined : prototype[handler];
      if (typeof method !== 'function') return [];
      const verb = Reflect.getMetadata(METHOD_METADATA, method) as RequestMethod | undefined;
      if (verb === undefined) return [];
      const args = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, handler) ?? {}) as Record<string, Argument>;
      const schemaOf = (kind: RouteParamtypes) => Object.entries(args).find(([key]) => key.startsWith(`${kind}:`))?.[1].schema;
      return [
        {
          method: RequestMethod[verb],
          path: pathOf(prefix, String(Reflect.getMetadata(PATH_METADATA, method) ?? '')),
          status: (Reflect.getMetadata('__httpCode__', method) as number | undefined) ?? (verb === RequestMethod.POST ? 201 : 200),
          controller: controller.name,
          handler,
          operation: Reflect.getMetadata(operationKey, method) as OperationParts | undefined,
          body: schemaOf(RouteParamtypes.BODY),
          query: schemaOf(RouteParamtypes.QUERY),
          params: schemaOf(RouteParamtypes.PARAM),
        },
      ];
    });
  });
}
