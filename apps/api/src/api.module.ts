import type { DynamicModule, Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import type { FieldKeys, House } from '@tranche/casework';
import { CasePages } from './cases/case-pages.js';
import type { HttpSettings } from './config.js';
import { controllersFor } from './controllers.js';
import { ProblemFilter } from './http/problem.filter.js';
import { routesOf } from './http/route-list.js';
import { SchemaPipe } from './http/validation.js';
import { CaseChanges } from './live/case-changes.js';
import type { Metrics } from './operations/metrics.js';
import { API_DOCUMENT, HOUSE, KEYS, METRICS, SETTINGS } from './ports.js';
import { openapiDocument } from './reference/openapi.js';
import { AccessGuard } from './sessions/access.guard.js';
import { SessionStore } from './sessions/session-store.js';

class ApiModule {}

/** What the application stands on, made outside it. */
export type ApiParts = { readonly house: House; readonly settings: HttpSettings; readonly keys: FieldKeys };

/** Everything Nest wires: controllers, and the three global pieces (guard, pipe, filter). */
export function apiModule({ house, settings, keys }: ApiParts, metrics: Metrics): DynamicModule {
  const controllers = controllersFor(settings.sandbox);
  return {
    module: ApiModule,
    controllers,
    providers: [
      { provide: HOUSE, useValue: house },
      { provide: SETTINGS, useValue: settings },
      { provide: KEYS, useValue: keys },
      { provide: METRICS, useValue: metrics },
      { provide: API_DOCUMENT, useValue: documentOnce(controllers) },
      SessionStore,
      CasePages,
      CaseChanges,
      { provide: APP_GUARD, useClass: AccessGuard },
      { provide: APP_PIPE, useClass: SchemaPipe },
      { provide: APP_FILTER, useClass: ProblemFilter },
    ],
  };
}

function documentOnce(controllers: Type[]): () => Record<string, unknown> {
  let document: Record<string, unknown> | undefined;
  return () => {
    document ??= openapiDocument(routesOf(controllers), '0.1.0');
    return document;
  };
}
