import { addDays } from '@tranche/calendar';
import { type Decision, type Effect, eventTypes } from '@tranche/machines';
import { toFen, yuanText } from '@tranche/money';
import type { Policy, Text } from '@tranche/policies';
import type { Told } from './explore.js';
import { theDay } from './project.js';

type Language = keyof Text;
const text = (zh: string, en: string): Text => ({ zh, en });
const money = (fen: unknown): Text => {
  const amount = yuanText(toFen(String(fen)));
  return text(`${amount} 元`, `CNY ${amount}`);
};

const said = (value: unknown): readonly Text[] => (value === undefined ? [] : [text(String(value), String(value))]);
const decisionTexts: Readonly<Record<Decision, Text>> = {
  approval: text('审批', 'the approval'),
  acceptance: text('验收', 'the acceptance'),
  period: text('某期核定', 'a period'),
  stop: text('停止享受', 'the stop'),
  milestone: text('终止事项', 'an event that ended it'),
};

const people: Readonly<Record<string, Text>> = {
  institution: text('培训机构', 'institution'),
  enterprise: text('企业', 'enterprise'),
  citizen: text('个人', 'citizen'),
  officer: text('经办', 'officer'),
  reviewer: text('审核', 'reviewer'),
  approver: text('审批', 'approver'),
  inspector: text('核查', 'inspector'),
  supervisor: text('主管', 'supervisor'),
  cashier: text('出纳', 'cashier'),
  maker: text('财政经办', 'finance maker'),
  system: text('系统', 'system'),
  'first person': text('提出人', 'first person'),
  'second person': text('决定人', 'second person'),
};

/** The story as people read it: a line per event with day, person and amounts, below it what was asked of the world. Days are examples. */
export function storyText(policy: Policy, story: readonly Told[], language: Language): readonly string[] {
  const labels = eventTypes(policy);
  return story.flatMap(({ event, effects, refused }, at) => {
    const who = people[event.actor] ?? text(event.actor, event.actor);
    const what = labels.get(event.type)?.label ?? text(event.type, event.type);
    const about = aboutText(policy, event.data, event.stamp.amounts, event.type);
    const colon = language === 'zh' ? '：' : ': ';
    const ignored = refused ? ` ${text('（无人响应）', '(nobody hears it)')[language]}` : '';
    return [
      `${String(at + 1).padStart(2)}. ${addDays(theDay, at)} ${who[language]}${colon}${what[language]}${about[language]}${ignored}`,
      ...effects.flatMap((effect) => effectText(policy, effect).map((line) => `      → ${line[language]}`)),
    ];
  });
}

const nameOf = ({ plan }: Policy, payment: unknown): Text => {
  const found = [...plan.advances, ...(plan.remainder ? [plan.remainder] : [])].find(({ id }) => id === payment);
  return found ? text(`${found.id}（${found.label.zh}）`, `${found.id} (${found.label.en})`) : text(String(payment), String(payment));
};

function aboutText(policy: Policy, data: Told['event']['data'], amounts: Told['event']['stamp']['amounts'], type: string): Text {
  const parts: Text[] = [];
  if (data['payment'] !== undefined) parts.push(nameOf(policy, data['payment']));
  if (data['disbursement'] === 'earlier') parts.push(text('（并非本次的付款）', '(not the payment on its way)'));
  if (data['key'] !== undefined) parts.push(text(String(data['key']), String(data['key'])));
  if (data['amountFen'] !== undefined) parts.push(money(data['amountFen']));
  if (data['consequence'] !== undefined)
    parts.push(data['consequence'] === 'failed' ? text('验收不通过', 'the acceptance fails') : text('重新核定', 'assess again'));
  if (data['decision'] !== undefined)
    parts.push(decisionTexts[data['decision'] as Decision], ...['claim', 'period', 'milestone'].flatMap((name) => said(data[name])));
  const correction = data['correction'] as { readonly type: string } | undefined;
  if (correction) parts.push(text(correction.type, correction.type));
  const final = policy.plan.entitlement.map((row) => amounts[row.amount] ?? null).find((fen) => fen !== null);
  if (final && (type === 'acceptance.passed' || type === 'results.imported' || type === 'fact.corrected')) {
    const amount = money(final);
    parts.push(text(`核定 ${amount.zh}`, `assessed at ${amount.en}`));
  }
  return { zh: parts.map(({ zh }) => ` ${zh}`).join(''), en: parts.map(({ en }) => ` ${en}`).join('') };
}

function effectText(policy: Policy, effect: Effect): readonly Text[] {
  switch (effect.kind) {
    case 'requestDisbursement': {
      const [name, amount] = [nameOf(policy, effect.payment), money(effect.amountFen)];
      return [text(`申请拨付 ${name.zh} ${amount.zh}`, `asks for ${name.en}: ${amount.en}`)];
    }
    case 'cancelDisbursement': {
      const name = nameOf(policy, effect.payment);
      return [text(`撤回 ${name.zh}`, `calls back ${name.en}`)];
    }
    case 'openRecovery': {
      const amount = money(effect.amountFen);
      return [text(`要求退回 ${amount.zh}`, `demands back ${amount.en}`)];
    }
    case 'closeRecovery':
      return [text('追回结清', 'the recovery is closed')];
    case 'setDeadline':
      return [text(`时限开始：${effect.label.zh}（${effect.key}）`, `a deadline starts: ${effect.label.en} (${effect.key})`)];
    case 'meetDeadline':
      return [text(`时限办结：${effect.key}`, `deadline met: ${effect.key}`)];
    case 'cancelDeadline':
      return [text(`时限取消：${effect.key}`, `deadline cancelled: ${effect.key}`)];
    case 'suspectBreach':
      return [text(`疑似超期：${effect.key}`, `possibly late: ${effect.key}`)];
    case 'closeCase':
      return [text('案件办结', 'the case closes')];
    case 'reopenCase':
      return [text('案件重新打开', 'the case opens again')];
    default:
      return [];
  }
}
