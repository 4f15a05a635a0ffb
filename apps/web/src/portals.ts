// Every portal, in the order of the menu. A new one is a folder with a portal.ts and a line here.

import { administrationPortal } from './administration/portal.js';
import { casePortal } from './case/portal.js';
import { financePortal } from './finance/portal.js';
import { institutionPortal } from './institution/portal.js';
import { officePortal } from './office/portal.js';
import { oversightPortal } from './oversight/portal.js';
import type { Portal } from './portal.js';

export const portals: readonly Portal[] = [
  institutionPortal,
  oversightPortal,
  officePortal,
  financePortal,
  administrationPortal,
  casePortal,
];
