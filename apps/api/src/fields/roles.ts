import { roles } from '@tranche/policies';
import { z } from 'zod';

export const roleName = z.enum(roles).meta({ id: 'Role' });
