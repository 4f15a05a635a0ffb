import { useState } from 'react';
import { Link } from 'react-router';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { Field } from '../pieces/field.js';
import { mustSay, useForm } from '../pieces/use-form.js';
import { Day } from '../pieces/when.js';
import { useLanguage } from '../text/language.js';
import { PlainForm } from './plain-form.js';

type Receipt = Schemas['ObjectionReceipt'];

type Typed = { readonly ground: string; readonly phone: string; readonly email: string };
const nothing: Typed = { ground: '', phone: '', email: '' };

/** How one may be asked back; both may stay empty. */
const reaches = [
  { name: 'phone', type: 'tel', autoComplete: 'tel', label: { zh: '联系电话（可不填）', en: 'Telephone (optional)' } },
  { name: 'email', type: 'email', autoComplete: 'email', label: { zh: '电子邮箱（可不填）', en: 'E-mail (optional)' } },
] as const;

/** What is wrong, in one's own words; no name is asked. What was typed survives a refusal, a lost connection and a reload. */
export function ObjectionForm({ noticeId, running }: { readonly noticeId: string; readonly running: boolean }) {
  const { say } = useLanguage();
  const [receipt, setReceipt] = useState<Receipt | null>(null);
  const form = useForm({
    draft: `objection of ${noticeId}`,
    initial: nothing,
    check: (typed) => mustSay(typed, { ground: { zh: '请填写异议理由。', en: 'Say what is wrong.' } }),
    send: (typed, key) =>
      good(
        api.POST('/api/v1/public/notices/{id}/objections', {
          params: { path: { id: noticeId }, header: keyed(key) },
          body: saidOf(typed),
        }),
      ),
    touches: [['public', 'notice', noticeId]],
    done: setReceipt,
  });
  if (receipt !== null) return <Taken receipt={receipt} />;
  if (!running && form.refused === null && form.typed.ground === '')
    return <p>{say({ zh: '公示期已过，不再受理异议。', en: 'The notice is over; objections are no longer taken.' })}</p>;
  return (
    <PlainForm of={form} name={say({ zh: '提出异议', en: 'Object' })}>
      <Field
        label={say({ zh: '异议理由', en: 'What is wrong' })}
        required
        at="ground"
        hint={say({
          zh: '请写明哪一项不实、有何依据。请勿填写身份证号等个人信息；无需留名。',
          en: 'Say what is not true and how you know. Leave out identity numbers; no name is needed.',
        })}
      >
        {(tied) => <textarea {...tied} {...form.text('ground')} rows={6} maxLength={4000} required />}
      </Field>
      {reaches.map(({ name, label, ...control }) => (
        <Field key={name} label={say(label)} at={name}>
          {(tied) => <input {...control} {...tied} {...form.text(name)} maxLength={name === 'phone' ? 30 : 254} />}
        </Field>
      ))}
      <p className="soft">
        {say({
          zh: '联系方式只供核查人员向您了解情况，加密保存，不公开，也不告知被异议单位；作出决定满三十天后删除。',
          en: 'Only for whoever looks into it to ask you back: kept encrypted, shown neither to the public nor to whom it is about, removed thirty days after the decision.',
        })}
      </p>
      <div className="plain-actions">
        <button type="submit" className="button primary" disabled={form.pending}>
          {form.pending ? say({ zh: '正在提交…', en: 'Sending…' }) : say({ zh: '提交异议', en: 'Send' })}
        </button>
      </div>
    </PlainForm>
  );
}

/** What is sent: what was left empty is left out. */
const saidOf = ({ ground, phone, email }: Typed): Schemas['NewObjection'] => ({
  ground,
  ...(phone.trim() === '' ? {} : { phone: phone.trim() }),
  ...(email.trim() === '' ? {} : { email: email.trim() }),
});

function Taken({ receipt }: { readonly receipt: Receipt }) {
  const { say } = useLanguage();
  const address = `/objections?receipt=${receipt.receiptNo}&id=${receipt.id}`;
  return (
    <div role="status" className="taken">
      <p>{say({ zh: '异议已受理，处理完毕之前不会拨款。', en: 'Your objection was taken; nothing is paid until it is decided.' })}</p>
      <dl className="plain-facts">
        <div>
          <dt>{say({ zh: '回执编号', en: 'Receipt number' })}</dt>
          <dd>
            <strong className="receipt-no">{receipt.receiptNo}</strong>
          </dd>
        </div>
        <div>
          <dt>{say({ zh: '查询码', en: 'Look-up code' })}</dt>
          <dd>
            <code>{receipt.id}</code>
          </dd>
        </div>
        <div>
          <dt>{say({ zh: '受理日期', en: 'Taken on' })}</dt>
          <dd>
            <Day date={receipt.raisedOn} />
          </dd>
        </div>
      </dl>
      <p>
        {say({
          zh: '请抄下两项：凭回执编号可查进度，另凭查询码可看到处理决定的内容。',
          en: 'Write both down: the number shows how far it has come, the code shows the words of the decision.',
        })}{' '}
        <Link to={address}>{say({ zh: '查看进度', en: 'Follow it' })}</Link>
      </p>
    </div>
  );
}
