import { houseProblems } from './house-problems.js';
import { requestProblems } from './request-problems.js';

export type { ProblemKind } from './problem-kind.js';

/** Every stable code the API may answer with. Clients rely on the code; the words may improve. */
export const problemKinds = { ...requestProblems, ...houseProblems } as const;

export type ProblemCode = keyof typeof problemKinds;

export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(problemKinds, code);
