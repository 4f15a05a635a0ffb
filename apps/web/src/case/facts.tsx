import { Descriptions } from 'antd';
import { useCodeWords, useFactWords } from '../event-form/words.js';
import { Money } from '../pieces/money.js';
import { Day } from '../pieces/when.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import type { Case } from './case.js';

/** What was told of the case, by the policy's own names. */
export function Facts({ of }: { readonly of: Case }) {
  const { say } = useLanguage();
  const words = useFactWords(of.policy);
  const codes = useCodeWords(of.policy);
  return (
    <Descriptions
      size="small"
      bordered
      column={{ xs: 1, md: 2 }}
      items={Object.entries(of.facts).map(([name, value]) => ({
        key: name,
        label: say(words(name)),
        children: <Fact name={name} value={value} code={codes(name, value)} />,
      }))}
    />
  );
}

type FactProps = { readonly name: string; readonly value: unknown; readonly code: Text | undefined };

/** A fact as people read it: a code by what it is called. */
function Fact({ name, value, code }: FactProps) {
  const { say } = useLanguage();
  if (code !== undefined) return <span className="wrap">{say(code)}</span>;
  if (typeof value === 'boolean') return value ? say({ zh: '是', en: 'yes' }) : say({ zh: '否', en: 'no' });
  if (name.endsWith('Fen') && /^-?\d+$/.test(String(value))) return <Money fen={String(value)} />;
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return <Day date={value} />;
  if (Array.isArray(value)) return <FactRows rows={value} />;
  return <span className="wrap">{typeof value === 'object' ? JSON.stringify(value) : String(value)}</span>;
}

function FactRows({ rows }: { readonly rows: readonly unknown[] }) {
  return (
    <ul className="plain-list">
      {rows.slice(0, 50).map((row) => {
        const text = typeof row === 'object' && row !== null ? Object.values(row).join(' · ') : String(row);
        return <li key={text}>{text}</li>;
      })}
      {rows.length > 50 && <li>… {rows.length}</li>}
    </ul>
  );
}
