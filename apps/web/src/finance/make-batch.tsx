import { Alert, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { api, good, keyed } from '../api/client.js';
import { useWish } from '../api/wish.js';
import { sumFen } from '../pieces/fen.js';
import { Money } from '../pieces/money.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { useLanguage } from '../text/language.js';
import { type Batch, type DuePayment, rails } from './words.js';

type Rail = Batch['rail'];
type MakeProps = { readonly rows: readonly DuePayment[]; readonly onClose: () => void; readonly onMade: () => void };

/** Which way the money goes, then a draft that its maker looks at and hands to the checker. */
export function MakeBatch({ rows, onClose, onMade }: MakeProps) {
  const { say } = useLanguage();
  const navigate = useNavigate();
  const allocation = rows[0]?.means === 'allocation';
  const [rail, setRail] = useState<Rail>(allocation ? 'allocation' : 'http');
  const wish = useWish({
    send: (asked: { disbursementIds: string[]; rail: Rail }, key) =>
      good(api.POST('/api/v1/batches', { params: { header: keyed(key) }, body: asked })),
    touches: [['due-payments'], ['batches']],
    done: ({ batchId }) => {
      onMade();
      void navigate(`/desk/finance/batches/${batchId}`);
    },
  });
  const options = allocation ? (['allocation'] as const) : (['http', 'file', 'csv'] as const);
  return (
    <Modal
      open
      title={say({ zh: '制作拨付单', en: 'Make a batch' })}
      onCancel={onClose}
      okText={say({ zh: '制单', en: 'Make it' })}
      confirmLoading={wish.isPending}
      onOk={() => wish.mutate({ disbursementIds: rows.flatMap(({ disbursementId }) => disbursementId ?? []), rail })}
    >
      <div className="stack">
        <p>
          {say(
            { zh: '{count} 笔，资金 {fund}，合计', en: '{count} payments from {fund}, in all' },
            { count: rows.length, fund: rows[0]?.fund ?? '' },
          )}{' '}
          <Money fen={sumFen(rows.map(({ amountFen }) => amountFen ?? '0'))} />
        </p>
        <Radio.Group
          aria-label={say({ zh: '拨付方式', en: 'Way of paying' })}
          value={rail}
          onChange={(event) => setRail(event.target.value as Rail)}
          options={options.map((value) => ({ value, label: say(rails[value]) }))}
        />
        <Alert
          type="info"
          title={say({
            zh: '制单后由您送复核；您不能复核自己的拨付单。',
            en: 'You submit it afterwards; you may not sign what you made.',
          })}
        />
        <ProblemAlert refused={wish.error} />
      </div>
    </Modal>
  );
}
