import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Input, QRCode, Skeleton } from 'antd';
import { useState } from 'react';
import { api, good } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { useWish } from '../api/wish.js';
import { Field } from '../pieces/field.js';
import { Form, FormEnd } from '../pieces/form.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { useForm } from '../pieces/use-form.js';
import { useLanguage } from '../text/language.js';
import { deviceKey, useDevice } from './ask-code.js';

/** The own device for one-time passwords: enrolled, proven by its first code, and the recovery codes shown once. */
export function DevicePage() {
  const { say } = useLanguage();
  const { data: device, error, refetch } = useDevice();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  return (
    <div className="stack">
      <div className="page-head">
        <h1>{say({ zh: '动态口令设备', en: 'Device for one-time passwords' })}</h1>
      </div>
      {error !== null && <ProblemAlert refused={asRefused(error)} again={() => void refetch()} />}
      {device === undefined && error === null && <Skeleton active />}
      {codes !== null && <Recovery codes={codes} />}
      {device?.enrolled === true && codes === null && (
        <Alert
          type="success"
          showIcon
          title={say({
            zh: '您的设备已启用。签发拨付单和核准账户时需要它的口令。',
            en: 'Your device is in use: signatures and accounts ask for its codes.',
          })}
          description={say({
            zh: '设备遗失时，请安全管理员解除后重新登记。',
            en: 'When it is lost, a security administrator removes it, and you enrol another one.',
          })}
        />
      )}
      {device?.enrolled === false && codes === null && <Enrol onDone={setCodes} />}
    </div>
  );
}

function Enrol({ onDone }: { readonly onDone: (codes: readonly string[]) => void }) {
  const { say } = useLanguage();
  const enrol = useWish({ send: (_: 'enrol', _key) => good(api.POST('/api/v1/session/otp')) });
  if (enrol.data !== undefined) return <Prove uri={enrol.data.uri} secret={enrol.data.secret} onDone={onDone} />;
  return (
    <Card size="small">
      <div className="stack">
        <p>
          {say({
            zh: '在手机上装好验证器（任何支持 RFC 6238 的应用），再开始登记。登记后，签发和核准账户须输入它显示的六位数字。',
            en: 'Have an authenticator at hand (any that follows RFC 6238), then begin. From then on signatures and accounts ask for its six digits.',
          })}
        </p>
        <ProblemAlert refused={enrol.error} />
        <div className="actions">
          <Button type="primary" loading={enrol.isPending} onClick={() => enrol.mutate('enrol')}>
            {say({ zh: '开始登记', en: 'Begin' })}
          </Button>
        </div>
      </div>
    </Card>
  );
}

type ProveProps = { readonly uri: string; readonly secret: string; readonly onDone: (codes: readonly string[]) => void };

function Prove({ uri, secret, onDone }: ProveProps) {
  const { say } = useLanguage();
  const queries = useQueryClient();
  const form = useForm({
    draft: 'device',
    initial: { otp: '' },
    secret: ['otp'],
    check: ({ otp }) => (/^\d{6}$/.test(otp.trim()) ? {} : { otp: { zh: '应为六位数字。', en: 'Six digits.' } }),
    send: ({ otp }) => good(api.POST('/api/v1/session/otp/confirm', { body: { otp: otp.trim() } })),
    touches: [deviceKey],
    done: ({ recoveryCodes }) => {
      onDone(recoveryCodes);
      queries.setQueryData(deviceKey, { enrolled: true });
    },
  });
  return (
    <Card size="small">
      <Form of={form} className="narrow-form" name={say({ zh: '确认设备', en: 'Confirm the device' })}>
        <p>
          {say({ zh: '一、用验证器扫描；不能扫描时输入密钥。', en: '1. Scan this with your authenticator, or type the secret into it.' })}
        </p>
        <QRCode value={uri} type="svg" bordered />
        <p>
          <code className="wrap">{secret.replace(/(.{4})/g, '$1 ').trim()}</code>
        </p>
        <Field label={say({ zh: '二、输入它显示的六位数字', en: '2. Type the six digits it shows' })} required at="otp">
          {(tied) => (
            <Input {...tied} className="otp" inputMode="numeric" autoComplete="one-time-code" maxLength={6} {...form.text('otp')} />
          )}
        </Field>
        <FormEnd of={form} label={say({ zh: '确认设备', en: 'Confirm the device' })} />
      </Form>
    </Card>
  );
}

function Recovery({ codes }: { readonly codes: readonly string[] }) {
  const { say } = useLanguage();
  return (
    <Card
      size="small"
      title={say({ zh: '设备已启用。恢复码（只显示这一次）', en: 'The device is in use. Recovery codes, shown only now' })}
    >
      <p>
        {say({
          zh: '请抄下或打印，妥善保存。手机不在身边时，每个恢复码可代替一次口令。',
          en: 'Write them down and keep them safe. Each stands in for one code when your device is not at hand.',
        })}
      </p>
      <ul className="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
    </Card>
  );
}
