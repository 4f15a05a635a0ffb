import type { Type } from '@nestjs/common';
import { HealthController } from './operations/health.controller.js';
import { ReferenceController } from './reference/reference.controller.js';
import { SessionController } from './sessions/session.controller.js';

const always: readonly Type[] = [HealthController, ReferenceController, SessionController];
const inSandbox: readonly Type[] = [];

/** In production the clock's route does not exist. */
export const controllersFor = (sandbox: boolean): Type[] => [...always, ...(sandbox ? inSandbox : [])];
