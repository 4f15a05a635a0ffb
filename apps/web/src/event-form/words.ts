// What the names in an event's data are called: facts by the policy's own definition, the rest by a few words of the house.

import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { api, good } from '../api/client.js';
import type { Text } from '../text/text.js';

const own: Readonly<Record<string, Text>> = {
  facts: { zh: '申报要素', en: 'Facts' },
  reason: { zh: '理由', en: 'Reason' },
  claim: { zh: '项目', en: 'Claim' },
  period: { zh: '所属期（如 2020-11、2020-Q4）', en: 'Period (2020-11, 2020-Q4)' },
  stop: { zh: '停止原因', en: 'Why it stops' },
  person: { zh: '人员（证件号）', en: 'Person (identity number)' },
  persons: { zh: '人员', en: 'Persons' },
  proposal: { zh: '更正建议编号', en: 'Number of the proposal' },
  objection: { zh: '异议', en: 'Objection' },
  objectionId: { zh: '异议编号', en: 'Number of the objection' },
  decision: { zh: '决定', en: 'Decision' },
  days: { zh: '天数', en: 'Days' },
  url: { zh: '网址', en: 'Address' },
  title: { zh: '标题', en: 'Title' },
  text: { zh: '正文', en: 'Text' },
  text_zh: { zh: '正文', en: 'Text' },
  amountFen: { zh: '金额', en: 'Amount' },
  evidence: { zh: '佐证材料', en: 'Evidence' },
  event: { zh: '被更正的事项', en: 'What is corrected' },
  seq: { zh: '序号', en: 'Number' },
  occupation: { zh: '职业（工种）', en: 'Occupation' },
  level: { zh: '技能等级', en: 'Level' },
  count: { zh: '人数', en: 'Number of people' },
  other: { zh: '其他', en: 'other' },
  payeeAccountId: { zh: '收款账户', en: 'Payee account' },
};

/** Choices that every policy has, under the name they are asked by. */
const choices: Readonly<Record<string, Text>> = {
  'consequence:recompute': { zh: '重新核算金额', en: 'compute the amount anew' },
  'consequence:failed': { zh: '按验收不合格处理', en: 'treat as acceptance failed' },
  'decision:approval': { zh: '审批决定', en: 'the approval' },
  'decision:acceptance': { zh: '验收结论', en: 'the acceptance' },
  'decision:period': { zh: '某一期的核定', en: 'the grant of a period' },
  'decision:stop': { zh: '停止享受的决定', en: 'the stopping of claims' },
  'decision:milestone': { zh: '节点的认定', en: 'the finding of a milestone' },
  'stop:other': { zh: '其他原因', en: 'another reason' },
};

export type PolicyRef = { readonly id: string; readonly version: string; readonly jurisdiction: string };
type Named = { readonly id: string; readonly label: Text };
type Choice = { readonly value: string; readonly label: Text };
type Choices = { readonly oneOf?: readonly Choice[] };
type Fact = Choices & {
  readonly label: Text;
  readonly type: unknown;
  readonly from: string;
  readonly columns?: Readonly<Record<string, Choices>>;
};
type Definition = {
  readonly facts?: Readonly<Record<string, Fact>>;
  readonly plan?: {
    readonly milestones?: readonly Named[];
    readonly claims?: readonly (Named & { readonly stops?: readonly Named[] })[];
    readonly payments?: readonly Named[];
  };
};

/** The policy version as published; typed as far as screens read it. */
export const usePolicy = ({ id, version, jurisdiction }: PolicyRef) =>
  useQuery({
    queryKey: ['policy', id, version, jurisdiction],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () =>
      (await good(
        api.GET('/api/v1/policies/{id}/versions/{version}', { params: { path: { id, version }, query: { jurisdiction } } }),
      )) as Definition,
  });

/** What a choice of an event is called: periods, stops and milestones by the policy, the rest by the house. */
function namedIn({ plan = {} }: Definition): ReadonlyMap<string, Text> {
  const { milestones = [], claims = [], payments = [] } = plan;
  return new Map([...payments, ...milestones, ...claims, ...claims.flatMap(({ stops = [] }) => stops)].map(({ id, label }) => [id, label]));
}

/** Of a fact, or of a column of one of the lists. */
function wordOf({ facts = {} }: Definition = {}, name: string, code: unknown): Text | undefined {
  const named = facts[name] ?? Object.values(facts).find(({ columns }) => columns?.[name] !== undefined)?.columns?.[name];
  return named?.oneOf?.find(({ value }) => value === code)?.label;
}

/** What the policy calls a code of a fact; undefined where the value is no code. */
export function useCodeWords(policy: PolicyRef): (fact: string, code: unknown) => Text | undefined {
  const { data } = usePolicy(policy);
  return useCallback((fact, code) => wordOf(data, fact, code), [data]);
}

/** The label of a name, or of one of the choices under a name; else the name itself. */
export function useFactWords(policy: PolicyRef): (name: string, choice?: string) => Text {
  const { data } = usePolicy(policy);
  const named = useMemo(() => (data === undefined ? new Map<string, Text>() : namedIn(data)), [data]);
  return useCallback(
    (name, choice) =>
      choice === undefined
        ? (data?.facts?.[name]?.label ?? own[name] ?? { zh: name, en: name })
        : (wordOf(data, name, choice) ?? choices[`${name}:${choice}`] ?? named.get(choice) ?? own[choice] ?? { zh: choice, en: choice }),
    [data, named],
  );
}
