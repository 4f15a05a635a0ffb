import { Button, Input, Modal } from 'antd';
import { type FormEvent, useState } from 'react';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { useWish } from '../api/wish.js';
import { useDraft } from '../pieces/draft.js';
import { errorsAt, Field } from '../pieces/field.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';

type File = Schemas['BatchFile'];
type Props = { readonly batchId: string; readonly file: File; readonly onClose: () => void };

const touches = [['batches'], ['due-payments'], ['tasks']] as const;

/** A file that no bank ever had: one person says so with evidence, another confirms; its lines are then due again. */
export function WithdrawFile({ batchId, file, onClose }: Props) {
  const { say } = useLanguage();
  const { data: person } = useSession();
  const { withdrawal } = file;
  return (
    <Modal open width={640} title={say({ zh: '撤回未交付的文件', en: 'Withdraw a file' })} footer={null} onCancel={onClose} destroyOnHidden>
      <div className="stack">
        <p>
          <code className="wrap">{file.fileName}</code>
        </p>
        <p className="soft">
          {say({
            zh: '仅限银行从未收到的文件。两人确认后，文件作废，其中各笔重新列入待付清单。',
            en: 'Only a file that no bank ever had. Confirmed by two it is void, and its lines are due again.',
          })}
        </p>
        {withdrawal === null ? (
          <Propose batchId={batchId} part={file.part} onDone={onClose} />
        ) : (
          <Confirm withdrawal={withdrawal} me={person?.id ?? ''} role={person?.role ?? ''} onDone={onClose} />
        )}
      </div>
    </Modal>
  );
}

function Propose({ batchId, part, onDone }: { readonly batchId: string; readonly part: number; readonly onDone: () => void }) {
  const { say } = useLanguage();
  const [evidence, setEvidence, clear] = useDraft(`${batchId} ${part} withdraw`, '');
  const [missing, setMissing] = useState(false);
  const wish = useWish({
    send: (said: string, key) =>
      good(
        api.POST('/api/v1/batches/{id}/withdrawals', {
          params: { path: { id: batchId }, header: keyed(key) },
          body: { part, evidence: said },
        }),
      ),
    touches,
    done: () => {
      clear();
      onDone();
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    setMissing(evidence.trim() === '');
    if (evidence.trim() !== '') wish.mutate(evidence.trim());
  };
  const errors = [
    ...(missing && evidence.trim() === ''
      ? [say({ zh: '请写明何以确知银行未收到。', en: 'Say how you know that the bank has it not.' })]
      : []),
    ...errorsAt(wish.error?.problem.errors, 'evidence'),
  ];
  return (
    <form onSubmit={send} noValidate aria-label={say({ zh: '提出撤回', en: 'Propose' })}>
      <Field label={say({ zh: '依据', en: 'Evidence' })} required errors={errors}>
        {(tied) => (
          <Input.TextArea {...tied} rows={2} maxLength={1000} value={evidence} onChange={(event) => setEvidence(event.target.value)} />
        )}
      </Field>
      <ProblemAlert refused={wish.error} shownAt={['evidence']} />
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={wish.isPending}>
          {say({ zh: '提出，待另一人确认', en: 'Propose; another person confirms' })}
        </Button>
      </div>
    </form>
  );
}

type ConfirmProps = {
  readonly withdrawal: NonNullable<File['withdrawal']>;
  readonly me: string;
  readonly role: string;
  readonly onDone: () => void;
};

function Confirm({ withdrawal, me, role, onDone }: ConfirmProps) {
  const { say } = useLanguage();
  const wish = useWish({
    send: (decision: 'confirm' | 'reject', key) =>
      good(
        api.POST('/api/v1/file-withdrawals/{id}/decide', {
          params: { path: { id: withdrawal.id }, header: keyed(key) },
          body: { decision },
        }),
      ),
    touches,
    done: onDone,
  });
  const mayDecide = withdrawal.state === 'proposed' && (role === 'maker' || role === 'checker') && withdrawal.proposedBy !== me;
  return (
    <div className="stack">
      <blockquote className="said">{withdrawal.evidence}</blockquote>
      <ProblemAlert refused={wish.error} />
      {mayDecide ? (
        <div className="actions">
          <Button type="primary" danger loading={wish.isPending} onClick={() => wish.mutate('confirm')}>
            {say({ zh: '确认撤回，重新列付', en: 'Confirm: void, due again' })}
          </Button>
          <Button loading={wish.isPending} onClick={() => wish.mutate('reject')}>
            {say({ zh: '否决', en: 'Reject' })}
          </Button>
        </div>
      ) : (
        withdrawal.state === 'proposed' && (
          <p className="soft">{say({ zh: '须由另一位经办或复核人确认。', en: 'Another maker or checker must confirm.' })}</p>
        )
      )}
    </div>
  );
}
