// What a fund and the papers about its money are called on screens.

import { useQuery } from '@tanstack/react-query';
import { api, good, type Schemas } from '../api/client.js';
import type { Tone } from '../pieces/state-tag.js';
import type { Role } from '../session/session.js';
import type { Text } from '../text/text.js';

export type Fund = Schemas['Fund'];
export type Appropriation = Schemas['Appropriation'];
export type AppropriationKind = Appropriation['kind'];
export type Closing = Schemas['FundClosing'];

export const kindWords: Readonly<Record<AppropriationKind, Text>> = {
  increase: { zh: '指标下达', en: 'appropriation' },
  decrease: { zh: '核减收回', en: 'recall' },
  remittance: { zh: '上缴国库', en: 'remittance to the treasury' },
};

export const paperStates: Readonly<Record<Appropriation['state'], readonly [Tone, Text]>> = {
  proposed: ['warn', { zh: '待批准', en: 'to be approved' }],
  approved: ['good', { zh: '已批准', en: 'approved' }],
  rejected: ['bad', { zh: '未批准', en: 'turned down' }],
};

export const figureWords = {
  availableFen: { zh: '可用', en: 'Available' },
  reservedFen: { zh: '预占', en: 'Reserved' },
  inPaymentFen: { zh: '支付中', en: 'In payment' },
  spentFen: { zh: '已支出', en: 'Spent' },
  lapsedFen: { zh: '已收回', en: 'Lapsed' },
  dueToTreasuryFen: { zh: '应缴国库', en: 'Due to the treasury' },
} as const satisfies Partial<Record<keyof Fund, Text>>;
export type Figure = keyof typeof figureWords;
export const figures = Object.keys(figureWords) as readonly Figure[];

export const proposesPapers = (role: Role | undefined): boolean => role === 'maker' || role === 'supervisor';
export const decidesPapers = (role: Role | undefined): boolean => role === 'checker' || role === 'supervisor';
export const anotherDecides: Text = {
  zh: '须由提出人以外的复核人或主管批准。',
  en: 'A checker or supervisor other than who proposed it must approve.',
};

/** query keys that a paper about this fund's money touches */
export const touchedByPapers = (id: string) => [['funds'], ['fund', id], ['fund-execution'], ['ledger'], ['due-payments']] as const;

export const useFund = (id: string) =>
  useQuery({ queryKey: ['fund', id, 'figures'], queryFn: () => good(api.GET('/api/v1/funds/{id}', { params: { path: { id } } })) });

/** Names of colleagues are not shown across desks: oneself, or another by the end of the number. */
export function personWords(id: string | null, me: string | undefined): Text {
  if (id === null) return { zh: '—', en: '—' };
  if (id === me) return { zh: '本人', en: 'you' };
  return { zh: `他人（尾号 ${id.slice(-6)}）`, en: `another (…${id.slice(-6)})` };
}

type Change = { readonly kind: AppropriationKind; readonly amountFen: string };

/** What the fund's figures would be once this paper is approved; a figure below zero will be refused. */
export function afterPaper(fund: Fund, { kind, amountFen }: Change): Readonly<Record<Figure, string>> {
  const moved = (name: Figure, sign: 1n | -1n) => ({ [name]: (BigInt(fund[name]) + sign * BigInt(amountFen)).toString() });
  if (kind === 'increase') return { ...fund, ...moved('availableFen', 1n) };
  if (kind === 'remittance') return { ...fund, ...moved('dueToTreasuryFen', -1n) };
  return { ...fund, ...moved('availableFen', -1n), ...moved('lapsedFen', 1n) };
}

/** The year's end: what nobody reserved lapses and is due to the treasury; what is reserved or in payment is carried over. */
export const afterClosing = (fund: Fund): Readonly<Record<Figure, string>> => ({
  ...fund,
  availableFen: '0',
  lapsedFen: (BigInt(fund.lapsedFen) + BigInt(fund.availableFen)).toString(),
  dueToTreasuryFen: (BigInt(fund.dueToTreasuryFen) + BigInt(fund.availableFen)).toString(),
});
