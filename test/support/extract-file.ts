import type { Facts, Policy } from '@tranche/policies';
import { districtOf } from './any-case.js';
import { usccOf } from './payees.js';

/** An extract of the registers for a run without application: one firm a line, by the facts its policy asks the registers for. */
export function extractFile(policy: Policy, firms: readonly Facts[], from: number): string {
  const facts = Object.keys(policy.facts).filter((name) => policy.facts[name]?.from !== 'case');
  const header = ['uscc', 'name', 'district', 'holderName', 'accountNo', 'bankNo', 'bankName', 'accountKnown', ...facts];
  const lines = firms.map((firm, at) => {
    const name = `示例商贸${from + at}`;
    const account = [name, `62280000001${String(from + at).padStart(8, '0')}`, '102100099996', '示例银行', '是'];
    return [usccOf(from + at), name, districtOf(policy.jurisdiction), ...account, ...facts.map((fact) => cell(firm[fact]))];
  });
  return `${[header, ...lines].map((line) => line.join(',')).join('\r\n')}\r\n`;
}

const cell = (value: unknown): string => (typeof value === 'boolean' ? (value ? '是' : '否') : String(value ?? ''));
