import { deepFreeze } from './loader.js';
import type { Policy, WorkedExample } from './policy.js';
import { examples, versions } from './training-subsidy-staged/index.js';

/** A subsidy: its versions and the examples that show what it comes to. */
export type Folder = { readonly versions: readonly Policy[]; readonly examples: readonly WorkedExample[] };

/** Every policy folder of this release: adding a subsidy is adding a folder and its line here. */
export const folders: readonly Folder[] = [{ versions, examples: deepFreeze(examples) }];
