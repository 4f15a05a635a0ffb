export { type Bounds, inUnits, unitFen } from './bounds.js';
export { type Checked, type CheckOptions, type CheckResult, checkMachine } from './check.js';
export type { Found, Told } from './explore.js';
export { type KeptCheck, keptOf } from './kept.js';
export { reportText } from './report.js';
export { checkRules, type RuleId } from './rules.js';
export { bounded, exhaustiveOf, scopes, scopesOf, shortOf } from './scopes.js';
export { byShape, shapeOf } from './shape.js';
export { storyText } from './story.js';
