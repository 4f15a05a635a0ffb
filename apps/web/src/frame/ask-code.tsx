import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Input, Modal } from 'antd';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { api, good } from '../api/client.js';
import { type Refused, wordsOf } from '../api/problem.js';
import { Field } from '../pieces/field.js';
import { useLanguage } from '../text/language.js';

export const deviceKey = ['session', 'otp'] as const;
export const useDevice = () => useQuery({ queryKey: deviceKey, queryFn: () => good(api.GET('/api/v1/session/otp')), staleTime: 0 });

type Props = {
  /** the server's own words: that a code is wanted, or why the last one was no good */
  readonly said: Refused;
  /** null: the person does not want to go on */
  readonly onCode: (code: string | null) => void;
};

/** Asks for the six digits of a device, or a recovery code; who has no device is shown where to get one, in a window of its own. */
export function AskCode({ said, onCode }: Props) {
  const { say, language } = useLanguage();
  const { data: device } = useDevice();
  const wrong = said.code === 'otp-refused';
  return (
    <Modal
      open
      closable={false}
      title={say({ zh: '请输入动态口令', en: 'One-time password' })}
      footer={null}
      onCancel={() => onCode(null)}
      destroyOnHidden
    >
      {device?.enrolled === false ? (
        <div className="stack">
          <Alert
            type="warning"
            showIcon
            title={say({
              zh: '此操作需要动态口令，您尚未登记设备。登记后回到本页继续，已填写的内容都在。',
              en: 'This needs a one-time password and you have no device yet. Enrol one, then go on here: nothing is lost.',
            })}
          />
          <Link to="/desk/device" target="_blank">
            {say({ zh: '登记动态口令设备（新窗口）', en: 'Enrol a device (new window)' })}
          </Link>
        </div>
      ) : (
        // a code is good once: after a wrong one the field is empty again
        <CodeForm key={said.problem.requestId} {...(wrong ? { wrong: wordsOf(said, language).detail } : {})} onCode={onCode} />
      )}
    </Modal>
  );
}

function CodeForm({ wrong, onCode }: { readonly wrong?: string; readonly onCode: Props['onCode'] }) {
  const { say } = useLanguage();
  const [code, setCode] = useState('');
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim().length >= 6) onCode(code.trim().toUpperCase());
  };
  return (
    <form onSubmit={send}>
      <Field
        label={say({ zh: '动态口令', en: 'One-time password' })}
        hint={say({ zh: '验证器上的六位数字，或一个恢复码', en: 'the six digits of your authenticator, or a recovery code' })}
        errors={wrong === undefined ? [] : [wrong]}
      >
        {(tied) => (
          <Input
            {...tied}
            className="otp"
            size="large"
            autoFocus
            autoComplete="one-time-code"
            maxLength={16}
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        )}
      </Field>
      <div className="form-actions">
        <Button type="primary" htmlType="submit" disabled={code.trim().length < 6}>
          {say({ zh: '确认', en: 'Confirm' })}
        </Button>
        <Button onClick={() => onCode(null)}>{say({ zh: '取消', en: 'Cancel' })}</Button>
      </div>
    </form>
  );
}
