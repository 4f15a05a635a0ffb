// What the names in an event's data are called: facts by the policy's own definition, the rest by a few words of the house.

import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
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

export type PolicyRef = { readonly id: string; readonly version: string; readonly jurisdiction: string };
type Definition = {
  readonly facts?: Readonly<Record<string, { readonly label: Text; readonly type: unknown; readonly from: string }>>;
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

/** The label of a name, else the name itself. */
export function useFactWords(policy: PolicyRef): (name: string) => Text {
  const { data } = usePolicy(policy);
  return useCallback((name) => data?.facts?.[name]?.label ?? own[name] ?? { zh: name, en: name }, [data]);
}
