import { isLocalDate } from '@tranche/calendar';
import { checkOverride, type Parameter, type Policy, policies } from '@tranche/policies';
import { HOUSE, refuseHouseValue } from './house-parameters.js';
import type { NewParameter } from './parameters.js';
import { type NotDone, notDone } from './refused.js';

/** Stored in place of a policy where a shared table is changed. */
export const EVERY_POLICY = '*';

export const subjectOf = ({ policyId, shared }: NewParameter): { readonly policyId: string; readonly shared: string | null } =>
  shared === undefined ? { policyId: policyId ?? '', shared: null } : { policyId: EVERY_POLICY, shared };

/** The parameters a change would set, in every version that takes them. */
export function declaredBy(
  { policyId, shared, key }: Pick<NewParameter, 'policyId' | 'key'> & { readonly shared?: string | null | undefined },
  among: readonly Policy[] = policies(),
): { readonly policy: Policy; readonly parameter: Parameter }[] {
  return among.flatMap((policy) => {
    if (!shared && policy.id !== policyId) return [];
    const parameter = policy.parameters.find((item) => item.key === key && (!shared || item.shared === shared));
    return parameter ? [{ policy, parameter }] : [];
  });
}

/** The value must suit every version that has the parameter, and a change that running cases follow must be one that they can. */
export function refuseChange(given: NewParameter): NotDone | null {
  if ((given.policyId === undefined) === (given.shared === undefined))
    return notDone('data-invalid', '请指明一项政策或一张共用表。', 'Name one policy, or one shared table.', 'policyId');
  if (given.policyId === HOUSE) return refuseHouse(given);
  const declared = declaredBy(given);
  if (declared.length === 0)
    return given.shared === undefined
      ? notDone('data-invalid', '该政策没有这个参数。', 'The policy has no such parameter.', 'key')
      : notDone('data-invalid', '没有这张共用表，或表中没有这个参数。', 'There is no such shared table, or it has no such key.', 'shared');
  return refuseSharing(given, declared) ?? refuseValue(given, declared) ?? refuseRunning(given, declared);
}

/** A rule of the house: it binds from its day on, running payments too, so there is nothing to refresh. */
function refuseHouse({ key, value, running }: NewParameter): NotDone | null {
  if (running === 'refresh')
    return notDone('data-invalid', '本级参数不涉及在办案件的承诺。', 'A parameter of the house promises no case anything.', 'running');
  const wrong = refuseHouseValue(key, value);
  return wrong && notDone('data-invalid', wrong.zh, wrong.en, wrong.field);
}

type Declared = ReturnType<typeof declaredBy>;

/** What several policies take from one table is set once, for all of them. */
function refuseSharing({ shared, key }: NewParameter, declared: Declared): NotDone | null {
  const table = declared.find(({ parameter }) => parameter.shared !== undefined)?.parameter.shared;
  if (shared !== undefined || table === undefined) return null;
  return notDone(
    'data-invalid',
    `${key} 取自共用表 ${table}，请对该表统一设定（shared: "${table}"）。`,
    `${key} belongs to the shared table ${table}; set it there for all policies (shared: "${table}").`,
    'shared',
  );
}

function refuseValue({ key, value }: NewParameter, declared: Declared): NotDone | null {
  for (const { policy } of declared) {
    const refused = checkOverride(policy, { key, value });
    if (refused !== null) return notDone('data-invalid', refused.message.zh, refused.message.en, 'value');
  }
  return null;
}

function refuseRunning({ running, value, effectiveFrom }: NewParameter, declared: Declared): NotDone | null {
  const landmark = declared.some(({ parameter }) => parameter.landmark);
  if (landmark && running !== 'refresh')
    return notDone(
      'data-invalid',
      '这是世上发生的事件，对在办案件同样有效；请按“登记事件”办理。',
      'This is an event in the world, which running cases feel too; record it as an event.',
      'running',
    );
  if (landmark && (typeof value !== 'string' || !isLocalDate(value) || effectiveFrom > value))
    return notDone('data-invalid', '请写明事件发生之日。', 'Say the day on which it happened.', 'value');
  if (running !== 'refresh' || declared.every(({ parameter }) => parameter.landmark || parameter.per)) return null;
  return notDone(
    'data-invalid',
    '在办案件的该项承诺在立案时确定，只能以 tranche cases migrate --restamp 经两人办理后变更。',
    'A running case was promised this once and for all; only tranche cases migrate --restamp changes it, by two people.',
    'running',
  );
}
