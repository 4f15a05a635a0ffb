import { Alert, Button } from 'antd';
import { Moment } from '../pieces/when.js';
import { roleLabel } from '../session/roles.js';
import { useLanguage } from '../text/language.js';
import type { Told } from './seen.js';

type Props = { readonly steps: readonly Told[]; readonly allowed: boolean; readonly goOn: () => void };

/** Says, while somebody types, what others did to the case meanwhile; the server takes nothing before it was noted. */
export function OthersSteps({ steps, allowed, goOn }: Props) {
  const { say } = useLanguage();
  if (steps.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      role="status"
      title={say({ zh: '填写期间案件有了新变化', en: 'The case has changed while you were typing' })}
      description={
        <>
          <ul className="plain-list">
            {steps.map(({ seq, label, role, at, data: { reason } }) => (
              <li key={seq}>
                <strong>{say(label)}</strong> {say(roleLabel(role))} <Moment at={at} />
                {typeof reason === 'string' && <> {reason}</>}
              </li>
            ))}
          </ul>
          <div>
            {allowed
              ? say({ zh: '已填写的内容仍在，尚未提交。', en: 'What you typed is kept; nothing was sent yet.' })
              : say({
                  zh: '已填写的内容仍在；按案件现在的状态，此事项已不能办理。',
                  en: 'What you typed is kept; as the case stands now, this step is no longer possible.',
                })}
          </div>
        </>
      }
      action={<Button onClick={goOn}>{say({ zh: '已知悉，继续', en: 'Noted, go on' })}</Button>}
    />
  );
}
