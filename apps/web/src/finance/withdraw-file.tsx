import { Modal } from 'antd';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import { anotherOfFinance, Decide, decidesPayments, ProposeInWords } from './propose.js';

type File = Schemas['BatchFile'];
type Props = { readonly batchId: string; readonly file: File; readonly onClose: () => void };

const touches = [['batches'], ['due-payments'], ['tasks']] as const;

/** A file that no bank ever had: one person says so with evidence, another confirms; its lines are then due again. */
export function WithdrawFile({ batchId, file, onClose }: Props) {
  const { say } = useLanguage();
  const { data: person } = useSession();
  const { part, withdrawal } = file;
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
          <ProposeInWords
            draft={`${batchId} ${part} withdraw`}
            title={{ zh: '提出撤回', en: 'Propose' }}
            label={{ zh: '依据', en: 'Evidence' }}
            missing={{ zh: '请写明何以确知银行未收到。', en: 'Say how you know that the bank has it not.' }}
            field="evidence"
            maxLength={1000}
            send={(evidence, key) =>
              good(
                api.POST('/api/v1/batches/{id}/withdrawals', {
                  params: { path: { id: batchId }, header: keyed(key) },
                  body: { part, evidence },
                }),
              )
            }
            touches={touches}
            onDone={onClose}
          />
        ) : withdrawal.state === 'proposed' ? (
          <Decide
            mayDecide={decidesPayments(person?.role ?? '') && withdrawal.proposedBy !== person?.id}
            waitsFor={anotherOfFinance}
            confirm={{ zh: '确认撤回，重新列付', en: 'Confirm: void, due again' }}
            danger
            send={(decision, key) =>
              good(
                api.POST('/api/v1/file-withdrawals/{id}/decide', {
                  params: { path: { id: withdrawal.id }, header: keyed(key) },
                  body: { decision },
                }),
              )
            }
            touches={touches}
            onDone={onClose}
          >
            <blockquote className="said">{withdrawal.evidence}</blockquote>
          </Decide>
        ) : (
          <blockquote className="said">{withdrawal.evidence}</blockquote>
        )}
      </div>
    </Modal>
  );
}
