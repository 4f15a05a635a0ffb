import { type Policy, policies, policyHash, windowEnd } from '@tranche/policies';
import { grid } from '../terminal/grid.js';
import { type Language, type Speaker, speaker, text } from '../terminal/language.js';

/** The registry as a table: every version with place, window, accepting office, time limit and hash. */
export function listPolicies(language: Language): string {
  const say = speaker(language);
  const head = [
    text('政策', 'policy'),
    text('版本', 'version'),
    text('地区', 'place'),
    text('执行期', 'in force'),
    text('受理机构', 'accepting office'),
    text('依据', 'clause'),
    text('哈希', 'hash'),
  ];
  return grid(
    head.map(say),
    policies().map((policy) => rowOf(policy, say)),
  );
}

const rowOf = (policy: Policy, say: Speaker): string[] => [
  `${say(policy.title)}\n${policy.id}`,
  policy.version,
  policy.jurisdiction,
  `${policy.window.from} – ${endOf(policy, say)}`,
  folded(say(policy.office), 24),
  `${folded(policy.cite.doc, 24)}\n${policy.cite.clause}`,
  policyHash(policy).slice(0, 12),
];

function endOf(policy: Policy, say: Speaker): string {
  const end = windowEnd(policy) ?? text('未定', 'open');
  return typeof end === 'string' ? end : say(end);
}

/** Breaks a long text into lines of at most `width` characters; at blanks where there are any. */
export function folded(line: string, width: number): string {
  const pieces = line.includes(' ') ? line.split(/(?<= )/) : [...line];
  const lines = [''];
  for (const piece of pieces) {
    const last = lines.at(-1) ?? '';
    if (last === '' || (last + piece).trimEnd().length <= width) lines[lines.length - 1] = last + piece;
    else lines.push(piece);
  }
  return lines.map((each) => each.trimEnd()).join('\n');
}
