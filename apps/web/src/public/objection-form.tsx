import { type FormEvent, useId, useState } from 'react';
import { Link } from 'react-router';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { useWish } from '../api/wish.js';
import { useDraft } from '../pieces/draft.js';
import { Day } from '../pieces/when.js';
import { useLanguage } from '../text/language.js';
import { PlainProblem } from './plain-problem.js';

type Receipt = Schemas['ObjectionReceipt'];

/** What is wrong, in one's own words; no name is asked. What was typed survives a refusal, a lost connection and a reload. */
export function ObjectionForm({ noticeId, running }: { readonly noticeId: string; readonly running: boolean }) {
  const { say } = useLanguage();
  const id = useId();
  const [ground, setGround, clear] = useDraft(`objection ${noticeId}`, '');
  const [receipt, setReceipt] = useState<Receipt | null>(null);
  const [empty, setEmpty] = useState(false);
  const wish = useWish({
    send: (said: string, key) =>
      good(
        api.POST('/api/v1/public/notices/{id}/objections', {
          params: { path: { id: noticeId }, header: keyed(key) },
          body: { ground: said },
        }),
      ),
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
    if (ground.trim() !== '') wish.mutate(ground);
  };
  const atField = wish.error?.problem.errors.filter(({ field }) => field === 'ground') ?? [];
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
          setGround(event.target.value);
          setEmpty(false);
        }}
      />
      <div id={`${id}-wrong`} className="ask-wrong" aria-live="polite">
        {empty ? say({ zh: '请填写异议理由。', en: 'Say what is wrong.' }) : atField.map(({ message }) => message).join(' ')}
      </div>
      {atField.length === 0 && <PlainProblem thrown={wish.error} />}
      <div className="plain-actions">
        <button type="submit" className="button primary" disabled={wish.isPending}>
          {wish.isPending ? say({ zh: '正在提交…', en: 'Sending…' }) : say({ zh: '提交异议', en: 'Send' })}
        </button>
      </div>
    </form>
  );
}

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
