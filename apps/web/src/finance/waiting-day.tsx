import { Alert, Button } from 'antd';
import { api, good, keyed } from '../api/client.js';
import { useWish } from '../api/wish.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { Day } from '../pieces/when.js';
import { useLanguage } from '../text/language.js';
import { movedDay } from './execution-day.js';
import type { Batch } from './words.js';

/** A signed batch that was not sent: the bank's day may have moved on since (cut-off, weekend, holiday), and a person agrees to the new one. */
export function WaitingDay({ batch: { id, executionOn } }: { readonly batch: Batch }) {
  const { say } = useLanguage();
  const wish = useWish({
    send: (day: string, key) =>
      good(api.POST('/api/v1/batches/{id}/execution-day', { params: { path: { id }, header: keyed(key) }, body: { executionOn: day } })),
    touches: [['batches'], ['tasks']],
  });
  if (executionOn === null) return null;
  const moved = movedDay(wish.error);
  return (
    <div className="stack">
      <Alert
        type="info"
        showIcon
        title={
          <>
            {say({ zh: '已签发、待发送，执行日', en: 'Signed and to be sent, executed on' })} <Day date={executionOn} />
          </>
        }
        description={say({
          zh: '通常随即发送。错过银行截止时间的，须确认新的执行日后才发送。',
          en: 'Usually sent at once. When it missed the bank’s cut-off, the new day must be agreed to first.',
        })}
        action={
          <Button size="small" loading={wish.isPending} onClick={() => wish.mutate(moved ?? executionOn)}>
            {moved === null
              ? say({ zh: '核对执行日', en: 'Check the day' })
              : say({ zh: '同意于 {day} 执行', en: 'Agree to {day}' }, { day: moved })}
          </Button>
        }
      />
      <ProblemAlert refused={wish.error} />
    </div>
  );
}
