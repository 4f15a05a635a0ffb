// What a firm or person says of what it is offered without having applied; told by itself, or recorded by an officer it answered.

import { Button, Divider, Input, Modal } from 'antd';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { useWish } from '../api/wish.js';
import { useLanguage } from '../text/language.js';
import { Field } from './field.js';
import { Form, FormEnd } from './form.js';
import { Money } from './money.js';
import { AccountFields, emptyAccount } from './new-account-form.js';
import { ProblemAlert } from './problem-alert.js';
import { Why } from './run-line.js';
import { mustSay, useForm } from './use-form.js';

type Line = Pick<Schemas['OwnRunLine'], 'runId' | 'row' | 'name' | 'reason' | 'amountFen' | 'accountMasked' | 'bankName'>;
type Props = { readonly line: Line; readonly onDone: () => void };
export type Choice = 'account' | 'opt-out';

/** query key of what a firm is offered */
export const ownLinesKey = ['own-lines'] as const;
const touches = [['runs'], ownLinesKey, ['tasks']] as const;

const sendAccount = ({ runId: id, row }: Line, body: Schemas['RunAccount'], key: string) =>
  good(api.POST('/api/v1/no-application-runs/{id}/lines/{row}/account', { params: { path: { id, row }, header: keyed(key) }, body }));

/** One of the two words, in a window over the list. */
export function LineChoice({ line, choice, onDone }: Props & { readonly choice: Choice }) {
  const { say } = useLanguage();
  const title = choice === 'account' ? say({ zh: '确认收款账户', en: 'The account' }) : say({ zh: '放弃享受', en: 'Opt out' });
  return (
    <Modal open width={640} title={`${title} · ${line.name}`} footer={null} onCancel={onDone} destroyOnHidden>
      {choice === 'account' ? <LineAccount line={line} onDone={onDone} /> : <LineOptOut line={line} onDone={onDone} />}
    </Modal>
  );
}

/** The account that was found is right, or another one is given. */
function LineAccount({ line, onDone }: Props) {
  const { say } = useLanguage();
  const right = useWish({ send: (_: 'right', key) => sendAccount(line, {}, key), touches, done: onDone });
  // one that is malformed cannot be confirmed as it stands
  const found = line.accountMasked !== null && line.reason?.code !== 'account-malformed';
  return (
    <div className="stack">
      <p>
        <Why reason={line.reason} />
      </p>
      <p className="soft">
        {say({
          zh: '确认后列入下一份名单，由另一人抽核、再由审批人批准，随后拨付到这一账户。确认之前不会拨付。',
          en: 'Once confirmed it stands on the next list; another person checks that list and a third approves it, then this account is paid. Nothing is paid before.',
        })}
      </p>
      {found && (
        <>
          <p>
            <code>{line.accountMasked}</code> {line.bankName}
          </p>
          <ProblemAlert refused={right.error} />
          <div className="actions">
            <Button type="primary" loading={right.isPending} onClick={() => right.mutate('right')}>
              {say({ zh: '账户无误，确认', en: 'The account is right' })}
            </Button>
          </div>
          <Divider plain>{say({ zh: '或改用另一账户', en: 'or another one' })}</Divider>
        </>
      )}
      <AnotherAccount line={line} onDone={onDone} />
    </div>
  );
}

function AnotherAccount({ line, onDone }: Props) {
  const { say } = useLanguage();
  const form = useForm({
    draft: `run-line ${line.runId} ${line.row} account`,
    initial: emptyAccount,
    // an account number is not left lying in the tab's storage
    secret: ['accountNo'],
    placeOf: (field) => field.replace(/^account\./, ''),
    send: (account, key) => sendAccount(line, { account }, key),
    touches,
    done: onDone,
  });
  return (
    <Form of={form} name={say({ zh: '提供收款账户', en: 'Give an account' })} className="narrow-form">
      <AccountFields of={form} />
      <FormEnd of={form} label={say({ zh: '以此账户收款', en: 'Pay to this account' })} />
    </Form>
  );
}

/** Not wanted: said with what comes of it, before it is sent. */
function LineOptOut({ line, onDone }: Props) {
  const { say } = useLanguage();
  const form = useForm({
    draft: `run-line ${line.runId} ${line.row} opt-out`,
    initial: { reason: '' },
    check: (typed) => mustSay(typed, { reason: { zh: '请写明放弃的原因。', en: 'Say why it is not wanted.' } }),
    send: ({ reason }, key) =>
      good(
        api.POST('/api/v1/no-application-runs/{id}/lines/{row}/opt-out', {
          params: { path: { id: line.runId, row: line.row }, header: keyed(key) },
          body: { reason: reason.trim() },
        }),
      ),
    touches,
    done: onDone,
  });
  return (
    <Form of={form} name={say({ zh: '放弃享受', en: 'Opt out' })}>
      <p>
        {say({ zh: '放弃的金额：', en: 'What is given up: ' })}
        <Money fen={line.amountFen} />
      </p>
      <p>
        {say({
          zh: '放弃后，本次筛查不再为其建案，也不会拨付；放弃不能撤回。以后的筛查和其他补贴的申请不受影响。',
          en: 'No case is opened for it and nothing is paid out of this run; that cannot be taken back. Later runs and other applications are not touched.',
        })}
      </p>
      <Field label={say({ zh: '原因', en: 'Why' })} required at="reason">
        {(tied) => <Input.TextArea {...tied} {...form.text('reason')} rows={2} maxLength={500} />}
      </Field>
      <FormEnd of={form} label={say({ zh: '确认放弃', en: 'Opt out' })} onCancel={onDone} />
    </Form>
  );
}
