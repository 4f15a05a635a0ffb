import { yuan } from '../pieces/fen.js';
import { useLanguage } from '../text/language.js';
import { PlainCite } from './plain-cite.js';
import { Loading, PlainProblem } from './plain-problem.js';
import { type PolicyVersion, useSaid } from './policies.js';

/** Conditions, amounts, stages and parameters, in the policy's own words and under its clauses. */
export function PolicySaid({ policy }: { readonly policy: PolicyVersion }) {
  const { say } = useLanguage();
  const { data, error, refetch } = useSaid(policy);
  if (error !== null) return <PlainProblem thrown={error} again={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  return (
    <>
      <section className="panel">
        <h2>{say({ zh: '条件', en: 'Conditions' })}</h2>
        <ul className="plain-list">
          {data.rules.map((rule) => (
            <li key={rule.id}>
              {say(rule.reason)} <PlainCite cite={rule.cite} />
            </li>
          ))}
        </ul>
      </section>
      <section className="panel">
        <h2>{say({ zh: '分期拨付', en: 'Stages of payment' })}</h2>
        <ol className="stages">
          {data.plan.map((stage) => (
            <li key={stage.payment}>
              <h3>{say(stage.label)}</h3>
              <p>
                <strong>{say({ zh: '何时开启：', en: 'Opens: ' })}</strong>
                {say(stage.when)}
                {stage.every !== undefined &&
                  say(stage.every === 'month' ? { zh: '（按月）', en: ' (monthly)' } : { zh: '（按季）', en: ' (quarterly)' })}
              </p>
              <p>
                <strong>{say({ zh: '拨付时限：', en: 'Paid by: ' })}</strong>
                {stage.deadline === null ? say({ zh: '文件未规定', en: 'the document sets none' }) : say(stage.deadline.text)}
              </p>
              <PlainCite cite={stage.deadline?.cite ?? stage.cite} />
            </li>
          ))}
        </ol>
      </section>
      <section className="panel">
        <h2>{say({ zh: '金额', en: 'Amounts' })}</h2>
        <ul className="plain-list">
          {Object.entries(data.amounts).map(([id, amount]) => (
            <li key={id}>
              {say(amount.label)} <Expression text={amount.expression} /> <PlainCite cite={amount.cite} />
            </li>
          ))}
        </ul>
        {data.parameters.length > 0 && <h2>{say({ zh: '参数', en: 'Parameters' })}</h2>}
        <ul className="plain-list">
          {data.parameters.map((parameter) => (
            <li key={parameter.key}>
              {say(parameter.label)}：<Value name={parameter.key} value={parameter.value} />
              {parameter.sample && (
                <span className="plain-tag">{say({ zh: '示例数值，非文件规定', en: 'sample figures, not from the document' })}</span>
              )}{' '}
              <PlainCite cite={parameter.cite} />
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

/** How it is worked out, word for word as the machine does it. */
function Expression({ text }: { readonly text: string }) {
  const { say } = useLanguage();
  return (
    <details className="plain-cite">
      <summary>{say({ zh: '计算式', en: 'Formula' })}</summary>
      <code className="expression">{text}</code>
    </details>
  );
}

/** A parameter's value; tables fold away. Names ending in `Fen` are money. */
export function Value({ name, value }: { readonly name: string; readonly value: unknown }) {
  const { say } = useLanguage();
  if (typeof value === 'boolean') return <strong>{say(value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' })}</strong>;
  if (typeof value === 'string' || typeof value === 'number') {
    const money = name.endsWith('Fen') && /^\d+$/.test(String(value));
    return <strong>{money ? `¥${yuan(String(value))}` : value === '' ? '—' : String(value)}</strong>;
  }
  if (Array.isArray(value)) return <strong>{value.join('、')}</strong>;
  return <Table value={value as Readonly<Record<string, unknown>>} />;
}

function Table({ value }: { readonly value: Readonly<Record<string, unknown>> }) {
  const { say } = useLanguage();
  const rows = Object.entries(value);
  return (
    <details className="plain-cite">
      <summary>{say({ zh: '标准表（{count} 行）', en: 'Table ({count} rows)' }, { count: rows.length })}</summary>
      <table className="plain-table">
        <tbody>
          {rows.map(([name, cell]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{typeof cell === 'object' && cell !== null ? <Levels of={cell as Readonly<Record<string, string>>} /> : String(cell)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

const Levels = ({ of }: { readonly of: Readonly<Record<string, string>> }) => (
  <>
    {Object.entries(of).map(([level, fen]) => (
      <span key={level} className="level">
        {level} {/^\d+$/.test(fen) ? `¥${yuan(fen)}` : fen}
      </span>
    ))}
  </>
);
