import { Alert, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { api, good, keyed } from '../api/client.js';
import { useWish } from '../api/wish.js';
import { Field } from '../pieces/field.js';
import { Form, FormEnd } from '../pieces/form.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { mustSay, useForm } from '../pieces/use-form.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import { movedDay } from './execution-day.js';
import type { Batch } from './words.js';

type Step = 'submit' | 'cancel' | 'sign';

const labels: Readonly<Record<Step, Text>> = {
  submit: { zh: '送复核', en: 'Submit for signature' },
  cancel: { zh: '撤回', en: 'Take back' },
  sign: { zh: '复核签发', en: 'Sign' },
};

/** What this person may do with the batch now; who may not is told why by the server, not by a missing button alone. */
function stepsOf({ state, makerId, signedBy }: Batch, role: string, me: string): readonly Step[] {
  const own = makerId === me;
  if (role === 'maker' && own && state === 'draft') return ['submit', 'cancel'];
  if (role === 'maker' && own && state === 'pending_approval') return ['cancel'];
  if (role === 'checker' && state === 'pending_approval' && !signedBy.includes(me)) return ['sign'];
  return [];
}

export function BatchActions({ batch }: { readonly batch: Batch }) {
  const { say } = useLanguage();
  const { data: person } = useSession();
  const [rejecting, setRejecting] = useState(false);
  const { id, contentHash } = batch;
  const at = (key: string) => ({ params: { path: { id }, header: keyed(key) } });
  const wish = useWish({
    send: async ({ step, executionOn }: { readonly step: Step; readonly executionOn?: string }, key) => {
      if (step === 'submit') return good(api.POST('/api/v1/batches/{id}/submit', at(key)));
      if (step === 'cancel') return good(api.POST('/api/v1/batches/{id}/cancel', at(key)));
      return good(
        api.POST('/api/v1/batches/{id}/approve', {
          ...at(key),
          body: { contentHash: contentHash ?? '', ...(executionOn === undefined ? {} : { executionOn }) },
        }),
      );
    },
    touches: [['batches'], ['due-payments'], ['tasks'], ['funds']],
  });
  const steps = stepsOf(batch, person?.role ?? '', person?.id ?? '');
  const moved = movedDay(wish.error);
  return (
    <div className="stack">
      {steps.length > 0 && (
        <div className="actions">
          {steps.map((step, index) => (
            <Button key={step} type={index === 0 ? 'primary' : 'default'} loading={wish.isPending} onClick={() => wish.mutate({ step })}>
              {say(labels[step])}
            </Button>
          ))}
          {steps.includes('sign') && (
            <Button danger onClick={() => setRejecting(true)}>
              {say({ zh: '退回', en: 'Reject' })}
            </Button>
          )}
        </div>
      )}
      {batch.state === 'pending_approval' && batch.makerId === person?.id && (
        <Alert
          type="info"
          showIcon
          title={say({
            zh: '已送复核：须由另一位复核人签发，制单人不能签。',
            en: 'Submitted: another person must sign; its maker may not.',
          })}
        />
      )}
      {batch.state === 'pending_approval' && batch.signedBy.length > 0 && (
        <Alert
          type="warning"
          showIcon
          role="status"
          title={say(
            batch.signedBy.includes(person?.id ?? '')
              ? {
                  zh: '您已签字：已签 {signed} 人，按金额须 {needed} 人，尚待其他复核人。',
                  en: 'You signed: {signed} of {needed}; this amount needs another person.',
                }
              : {
                  zh: '已签 {signed} 人，按金额须 {needed} 人签发，尚待其他复核人。',
                  en: '{signed} of {needed} signed; this amount needs another person.',
                },
            { signed: batch.signedBy.length, needed: batch.signaturesNeeded },
          )}
        />
      )}
      <ProblemAlert refused={wish.error} />
      {moved !== null && (
        <div className="actions">
          <Button type="primary" loading={wish.isPending} onClick={() => wish.mutate({ step: 'sign', executionOn: moved })}>
            {say({ zh: '同意于 {day} 执行并签发', en: 'Agree to {day}, and sign' }, { day: moved })}
          </Button>
        </div>
      )}
      {rejecting && <Reject id={id} onClose={() => setRejecting(false)} />}
    </div>
  );
}

function Reject({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { say } = useLanguage();
  const form = useForm({
    draft: `${id} reject`,
    initial: { reason: '' },
    check: (typed) =>
      mustSay(typed, { reason: { zh: '请填写退回理由，制单人据此更正。', en: 'Say why, so that the maker can put it right.' } }),
    send: ({ reason }, key) =>
      good(api.POST('/api/v1/batches/{id}/reject', { params: { path: { id }, header: keyed(key) }, body: { reason: reason.trim() } })),
    touches: [['batches'], ['due-payments']],
    done: onClose,
  });
  return (
    <Modal open title={say({ zh: '退回拨付单', en: 'Reject the batch' })} onCancel={onClose} footer={null}>
      <Form of={form} name={say({ zh: '退回拨付单', en: 'Reject the batch' })}>
        <Field label={say({ zh: '理由', en: 'Reason' })} required at="reason">
          {(tied) => <Input.TextArea {...tied} {...form.text('reason')} maxLength={500} showCount rows={3} />}
        </Field>
        <FormEnd of={form} label={say({ zh: '退回', en: 'Reject' })} onCancel={onClose} />
      </Form>
    </Modal>
  );
}
