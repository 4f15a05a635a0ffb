import { type FormEvent, useId, useState } from 'react';
import { Link } from 'react-router';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { useWish } from '../api/wish.js';
import { useDraft } from '../pieces/draft.js';
import { Day } from '../pieces/when.js';
import { useLanguage } from '../text/language.js';
import { PlainProblem } from './plain-problem.js';

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
  const id = useId();
  const [typed, setTyped, clear] = useDraft<Typed>(`objection of ${noticeId}`, nothing);
  const { ground } = typed;
  const [receipt, setReceipt] = useState<Receipt | null>(null);
  const [empty, setEmpty] = useState(false);
  const wish = useWish({
    send: (body: Schemas['NewObjection'], key) =>
      good(api.POST('/api/v1/public/notices/{id}/objections', { params: { path: { id: noticeId }, header: keyed(key) }, body })),
    touches: [['public', 'notice', noticeId]],
    done: (answer) => {
      clear();
      setReceipt(answer);
    },
  });
  if (receipt !== null) return <Taken receipt={receipt} />;
  if (!running && wish.error === null && ground === '')
    return <p>{say({ zh: '公示期已过，不再受理异议。', en: 'The notice is over; objections are no longer taken.' })}</p>;
  const send = (event: FormEvent) => {
    event.preventDefault();
    setEmpty(ground.trim() === '');
    if (ground.trim() !== '') wish.mutate(saidOf(typed));
  };
  const errorsOf = (name: keyof Typed) => wish.error?.problem.errors.filter(({ field }) => field === name) ?? [];
  const atField = errorsOf('ground');
  const shown = [...atField, ...reaches.flatMap(({ name }) => errorsOf(name))];
  return (
    <form className="plain-form" onSubmit={send} noValidate aria-label={say({ zh: '提出异议', en: 'Object' })}>
      <label htmlFor={`${id}-ground`}>{say({ zh: '异议理由（必填）', en: 'What is wrong (required)' })}</label>
      <p className="soft" id={`${id}-hint`}>
        {say({
          zh: '请写明哪一项不实、有何依据。请勿填写身份证号等个人信息；无需留名。',
          en: 'Say what is not true and how you know. Leave out identity numbers; no name is needed.',
        })}
      </p>
      <textarea
        id={`${id}-ground`}
        rows={6}
        maxLength={4000}
        required
        value={ground}
        aria-describedby={`${id}-hint ${id}-wrong`}
        aria-invalid={empty || atField.length > 0}
        onChange={(event) => {
          setTyped({ ...typed, ground: event.target.value });
          setEmpty(false);
        }}
      />
      <div id={`${id}-wrong`} className="ask-wrong" aria-live="polite">
        {empty ? say({ zh: '请填写异议理由。', en: 'Say what is wrong.' }) : atField.map(({ message }) => message).join(' ')}
      </div>
      {reaches.map(({ name, label, ...control }) => (
        <div key={name}>
          <label htmlFor={`${id}-${name}`}>{say(label)}</label>
          <input
            {...control}
            id={`${id}-${name}`}
            maxLength={name === 'phone' ? 30 : 254}
            value={typed[name]}
            aria-describedby={`${id}-reach ${id}-${name}-wrong`}
            aria-invalid={errorsOf(name).length > 0}
            onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
          />
          <div id={`${id}-${name}-wrong`} className="ask-wrong" aria-live="polite">
            {errorsOf(name)
              .map(({ message }) => message)
              .join(' ')}
          </div>
        </div>
      ))}
      <p className="soft" id={`${id}-reach`}>
        {say({
          zh: '联系方式只供核查人员向您了解情况，加密保存，不公开，也不告知被异议单位；作出决定满三十天后删除。',
          en: 'Only for whoever looks into it to ask you back: kept encrypted, shown neither to the public nor to whom it is about, removed thirty days after the decision.',
        })}
      </p>
      {shown.length === 0 && <PlainProblem thrown={wish.error} />}
      <div className="plain-actions">
        <button type="submit" className="button primary" disabled={wish.isPending}>
          {wish.isPending ? say({ zh: '正在提交…', en: 'Sending…' }) : say({ zh: '提交异议', en: 'Send' })}
        </button>
      </div>
    </form>
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
