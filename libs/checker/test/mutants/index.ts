import { deadlines, recoveries } from './afterwards.js';
import { commitments, payments } from './money.js';
import type { Mutant } from './mutant.js';
import { declared, endings } from './structure.js';

export { announcing, choosing, type Mutant, mutantScopes, published, quick, truth } from './mutant.js';

/** Machines that are wrong on purpose, each under the rule that must notice it. */
export const mutants: readonly Mutant[] = [...declared, ...endings, ...commitments, ...payments, ...recoveries, ...deadlines];
