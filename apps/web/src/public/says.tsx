import { yuan } from '../pieces/fen.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import { bases, type Cite, PlainCite } from './plain-cite.js';

const words: Readonly<Record<string, Text>> = {
  issuedOn: { zh: '印发日期', en: 'issued on' },
  from: { zh: '自', en: 'from' },
  until: { zh: '至', en: 'until' },
  anchor: { zh: '以何日为准', en: 'which day counts' },
  basis: { zh: '性质', en: 'basis' },
  kinds: { zh: '对象', en: 'paid to' },
  means: { zh: '方式', en: 'means' },
  office: { zh: '受理单位', en: 'office' },
  timeLimit: { zh: '时限', en: 'time limit' },
  when: { zh: '条件', en: 'when' },
  fen: { zh: '金额（分）', en: 'amount (fen)' },
  valid: { zh: '前提', en: 'valid if' },
  value: { zh: '取值', en: 'value' },
  sample: { zh: '示例数值', en: 'sample' },
  range: { zh: '范围', en: 'range' },
  type: { zh: '类型', en: 'type' },
  by: { zh: '由谁', en: 'by' },
  requires: { zh: '所需', en: 'requires' },
  days: { zh: '天数', en: 'days' },
  amount: { zh: '金额', en: 'amount' },
  opens: { zh: '开启', en: 'opens' },
  due: { zh: '时限', en: 'due' },
  group: { zh: '类别', en: 'group' },
  obtainBy: { zh: '取得方式', en: 'obtained by' },
  onFailureCite: { zh: '不通过的依据', en: 'clause on failure' },
  code: { zh: '代码', en: 'code' },
};

type Props = { readonly says: Readonly<Record<string, unknown>>; readonly fields: readonly string[] };

/** What one side says, word by word; where sides differ only what differs. */
export function Says({ says, fields }: Props) {
  const { say } = useLanguage();
  const shown = Object.entries(says).filter(
    ([key, value]) => (fields.length === 0 || fields.includes(key)) && value !== null && value !== undefined,
  );
  return (
    <dl className="says">
      {shown.map(([key, value]) => (
        <div key={key}>
          <dt>{say(words[key] ?? { zh: key, en: key })}</dt>
          <dd>
            <Said name={key} value={value} />
          </dd>
        </div>
      ))}
      {shown.length === 0 && <span className="soft">—</span>}
    </dl>
  );
}

const isText = (value: object): value is Text => 'zh' in value && 'en' in value;
const isCite = (value: object): value is Cite => 'doc' in value && 'clause' in value && 'basis' in value;

function Said({ name, value }: { readonly name: string; readonly value: unknown }) {
  const { say } = useLanguage();
  if (typeof value === 'object' && value !== null) {
    if (isText(value)) return <>{say(value)}</>;
    if (isCite(value)) return <PlainCite cite={value} />;
    if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return <>{value.join('、')}</>;
    return <code className="expression">{JSON.stringify(value, null, 1)}</code>;
  }
  if (name === 'basis') return <>{say(bases[value as Cite['basis']] ?? { zh: String(value), en: String(value) })}</>;
  if (typeof value === 'boolean') return <>{say(value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' })}</>;
  if (name.endsWith('Fen') && typeof value === 'string' && /^\d+$/.test(value)) return <>¥{yuan(value)}</>;
  return name === 'when' || name === 'fen' ? <code className="expression">{String(value)}</code> : String(value);
}
