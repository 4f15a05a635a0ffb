import { Button, Descriptions, Input, Modal } from 'antd';
import { type FormEvent, useState } from 'react';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { useWish } from '../api/wish.js';
import { useDraft } from '../pieces/draft.js';
import { errorsAt, Field } from '../pieces/field.js';
import { Money } from '../pieces/money.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';

type Transfer = Schemas['TroubledTransfer'];
type Props = { readonly transfer: Transfer; readonly onClose: () => void };

const touches = [['transfers'], ['due-payments'], ['batches'], ['reconciliations'], ['tasks']] as const;

/** A transfer nobody knows the outcome of: one person says that the bank's closed statement does not show it, another confirms; then it is due again. */
export function Release({ transfer, onClose }: Props) {
  const { say } = useLanguage();
  const { data: person } = useSession();
  const role = person?.role ?? '';
  const { release } = transfer;
  return (
    <Modal open width={640} title={say({ zh: '核定未付', en: 'Found unpaid' })} footer={null} onCancel={onClose} destroyOnHidden>
      <div className="stack">
        <p>
          {say({
            zh: '仅当发出当日的对账单已到齐、其中没有这笔扣款时，才能核定为未付。核定后该款重新列入待付清单，另行制单；银行若其后付出，对账时会列为待查。',
            en: 'Only when the closed statement of the day it was sent does not show it. It is then due again and collected anew; should the bank pay it later, the line is found at reconciliation.',
          })}
        </p>
        <Descriptions
          size="small"
          bordered
          column={1}
          items={[
            { key: 'case', label: say({ zh: '款项', en: 'Payment' }), children: `${transfer.caseNo} ${say(transfer.label)}` },
            { key: 'payee', label: say({ zh: '收款人', en: 'Payee' }), children: transfer.holderName },
            { key: 'amount', label: say({ zh: '金额', en: 'Amount' }), children: <Money fen={transfer.amountFen} /> },
            {
              key: 'id',
              label: say({ zh: '端到端编号', en: 'End-to-end id' }),
              children: <code className="wrap">{transfer.endToEndId}</code>,
            },
          ]}
        />
        {release === null ? (
          role === 'maker' || role === 'cashier' ? (
            <Propose transfer={transfer} onDone={onClose} />
          ) : (
            <p className="soft">
              {say({ zh: '由经办或出纳提出，另一人确认。', en: 'A maker or cashier proposes it, another person confirms.' })}
            </p>
          )
        ) : (
          <Confirm
            release={release}
            mayDecide={(role === 'maker' || role === 'checker') && release.proposedBy !== person?.id}
            onDone={onClose}
          />
        )}
      </div>
    </Modal>
  );
}

function Propose({ transfer: { id }, onDone }: { readonly transfer: Transfer; readonly onDone: () => void }) {
  const { say } = useLanguage();
  const [note, setNote, clear] = useDraft(`${id} release`, '');
  const [missing, setMissing] = useState(false);
  const wish = useWish({
    send: (said: string, key) =>
      good(api.POST('/api/v1/transfers/{id}/releases', { params: { path: { id }, header: keyed(key) }, body: { note: said } })),
    touches,
    done: () => {
      clear();
      onDone();
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    setMissing(note.trim() === '');
    if (note.trim() !== '') wish.mutate(note.trim());
  };
  const errors = [
    ...(missing && note.trim() === '' ? [say({ zh: '请写明核对了哪份对账单。', en: 'Say which statement you looked through.' })] : []),
    ...errorsAt(wish.error?.problem.errors, 'note'),
  ];
  return (
    <form onSubmit={send} noValidate aria-label={say({ zh: '提出核定', en: 'Propose' })}>
      <Field label={say({ zh: '核对情况', en: 'What you looked at' })} required errors={errors}>
        {(tied) => <Input.TextArea {...tied} rows={2} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />}
      </Field>
      <ProblemAlert refused={wish.error} shownAt={['note']} />
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={wish.isPending}>
          {say({ zh: '提出，待另一人确认', en: 'Propose; another person confirms' })}
        </Button>
      </div>
    </form>
  );
}

type ConfirmProps = { readonly release: NonNullable<Transfer['release']>; readonly mayDecide: boolean; readonly onDone: () => void };

function Confirm({ release, mayDecide, onDone }: ConfirmProps) {
  const { say } = useLanguage();
  const wish = useWish({
    send: (decision: 'confirm' | 'reject', key) =>
      good(
        api.POST('/api/v1/transfer-releases/{id}/decide', { params: { path: { id: release.id }, header: keyed(key) }, body: { decision } }),
      ),
    touches,
    done: onDone,
  });
  return (
    <div className="stack">
      <blockquote className="said">{release.note}</blockquote>
      <ProblemAlert refused={wish.error} />
      {mayDecide ? (
        <div className="actions">
          <Button type="primary" loading={wish.isPending} onClick={() => wish.mutate('confirm')}>
            {say({ zh: '确认未付，重新列付', en: 'Confirm: unpaid, due again' })}
          </Button>
          <Button loading={wish.isPending} onClick={() => wish.mutate('reject')}>
            {say({ zh: '否决', en: 'Reject' })}
          </Button>
        </div>
      ) : (
        <p className="soft">{say({ zh: '须由另一位经办或复核人确认。', en: 'Another maker or checker must confirm.' })}</p>
      )}
    </div>
  );
}
