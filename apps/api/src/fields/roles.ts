import type { Role } from '@tranche/policies';
import { z } from 'zod';

/** Every role a person may have, in the order of the work. */
export const roles = [
  'institution',
  'enterprise',
  'citizen',
  'officer',
  'reviewer',
  'approver',
  'inspector',
  'maker',
  'checker',
  'cashier',
  'supervisor',
  'auditor',
  'admin',
  'security',
] as const satisfies readonly Role[];

export const roleName = z.enum(roles).meta({ id: 'Role' });
