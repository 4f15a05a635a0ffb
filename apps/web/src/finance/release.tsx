import { Descriptions, Modal } from 'antd';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { Money } from '../pieces/money.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import { anotherOfFinance, Decide, decidesPayments, ProposeInWords } from './propose.js';

type Transfer = Schemas['TroubledTransfer'];
type Props = { readonly transfer: Transfer; readonly onClose: () => void };

const touches = [['transfers'], ['due-payments'], ['batches'], ['reconciliations'], ['tasks']] as const;

/** A transfer nobody knows the outcome of: one person says that the bank's closed statement does not show it, another confirms; then it is due again. */
export function Release({ transfer, onClose }: Props) {
  const { say } = useLanguage();
  const { data: person } = useSession();
  const role = person?.role ?? '';
  const { id, release } = transfer;
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
        {release !== null ? (
          <Decide
            mayDecide={decidesPayments(role) && release.proposedBy !== person?.id}
            waitsFor={anotherOfFinance}
            confirm={{ zh: '确认未付，重新列付', en: 'Confirm: unpaid, due again' }}
            send={(decision, key) =>
              good(
                api.POST('/api/v1/transfer-releases/{id}/decide', {
                  params: { path: { id: release.id }, header: keyed(key) },
                  body: { decision },
                }),
              )
            }
            touches={touches}
            onDone={onClose}
          >
            <blockquote className="said">{release.note}</blockquote>
          </Decide>
        ) : role === 'maker' || role === 'cashier' ? (
          <ProposeInWords
            draft={`${id} release`}
            title={{ zh: '提出核定', en: 'Propose' }}
            label={{ zh: '核对情况', en: 'What you looked at' }}
            missing={{ zh: '请写明核对了哪份对账单。', en: 'Say which statement you looked through.' }}
            field="note"
            maxLength={500}
            send={(note, key) =>
              good(api.POST('/api/v1/transfers/{id}/releases', { params: { path: { id }, header: keyed(key) }, body: { note } }))
            }
            touches={touches}
            onDone={onClose}
          />
        ) : (
          <p className="soft">
            {say({ zh: '由经办或出纳提出，另一人确认。', en: 'A maker or cashier proposes it, another person confirms.' })}
          </p>
        )}
      </div>
    </Modal>
  );
}
