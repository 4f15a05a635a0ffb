export { type AssessInput, type Assessment, assess, assessCase, assessVersion } from './assess.js';
export { type CompiledPolicy, compilePolicy, PolicyError, type PolicyProblem } from './compile.js';
export { boundDue, branchesOf, type Conditions, entitlementRow, holds, noticeAfter, noticeBefore, noticeChosen } from './conditions.js';
export { type DiffRow, type DiffSection, type DiffVersion, diffPolicies, type PolicyDiff } from './diff.js';
export { granted } from './documents/granted.js';
export { type DocumentKey, type Remark, remarks } from './documents/remarks.js';
export { type EvaluationInput, evaluatePolicy, type PeriodInput } from './evaluate.js';
export { isPermitted } from './exclusion-keys.js';
export { type ParsedFacts, parseFacts } from './facts.js';
export { type CataloguedFund, cataloguedFund, fundCatalogue } from './fund-catalogue.js';
export { type FundPlan, fundPlan } from './fund-split.js';
export { policyHash } from './hash.js';
export { checkVersions, loadPolicy } from './loader.js';
export { duesOf, markLabel } from './marks.js';
export { type Match, type MatchedRule, type Matches, type MatchInput, match } from './match.js';
export type { MissingFact } from './missing.js';
export { type NoticeChoice, type NoticeConflict, noticeChoice, noticeConflict } from './notice-choice.js';
export { type Period, periodAround, periodOf } from './periods.js';
export { placesAround } from './places.js';
export { countOf, type Deadline, deadlineOf, type PlanRow, planRows, type Settlement, settlementOf } from './plan-rows.js';
export * from './policy.js';
export { factOfField, type Reader, readersOf } from './readers.js';
export type { PolicyRefusal } from './refusal.js';
export {
  assertPolicies,
  type Binding,
  bindingIn,
  type InForce,
  type PlaceAsked,
  policies,
  policyVersion,
  versionInForce,
  type WhereAndWhen,
  workedExamples,
} from './registry.js';
export { policySchema } from './schema.js';
export { stamp } from './stamp.js';
export { MET_BY } from './tables/met-by.js';
export { checkOverride, landmarkTerms, type ParameterOverride, refreshTerms, resolveTerms, type TermsInput } from './terms.js';
export type { AmountTrace, ConditionTrace, ParameterTrace, RuleTrace } from './trace.js';
export { type Landmarks, landmarksIn, lastDay } from './until.js';
export type { Verdict } from './verdict.js';
export { binds, inWindow, windowEnd } from './window.js';
export { dayOf, speaksOf, termsOf, type Worked, workExample } from './work-example.js';
