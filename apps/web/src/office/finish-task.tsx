import { api, good, keyed } from '../api/client.js';
import { ConfirmedButton } from '../pieces/confirmed-button.js';
import { useLanguage } from '../text/language.js';
import type { Task } from './tasks.js';

/** Tasks that no step of a case closes: what a bank said, books that do not agree, work that failed for good. */
const byHand = new Set(['bank-news', 'ledger-proof', 'outbox']);
const familyOf = ({ kind }: Task): string => kind.split(':')[0] ?? '';

/** May this role close the task by saying that it was looked into? */
export const closesByHand = (task: Task, role: string | undefined): boolean => byHand.has(familyOf(task)) && task.role === role;

/** Looked into and done; work that had failed is tried again with it. */
export function FinishTask({ task }: { readonly task: Task }) {
  const { say } = useLanguage();
  const again = familyOf(task) === 'outbox';
  return (
    <ConfirmedButton
      label={again ? { zh: '重试', en: 'Retry' } : { zh: '办结', en: 'Done' }}
      confirm={again ? { zh: '原因已排除，重试', en: 'The cause is gone: retry' } : { zh: '已核查，办结', en: 'Looked into: done' }}
      small
      send={(key) => good(api.POST('/api/v1/tasks/{id}/done', { params: { path: { id: task.id }, header: keyed(key) } }))}
      touches={[['tasks']]}
    >
      <p>{say(task.label)}</p>
      <p className="soft">
        {again
          ? say({
              zh: '这项后台任务将从头再做一次；已做成的部分不会重做。原因未排除的，它会再次失败并回到待办。',
              en: 'This work is tried again from the beginning; what was done is not done twice. If its cause is not gone, it fails and comes back.',
            })
          : say({
              zh: '办结后移出待办，并记下由您核查。它只是提示，不改变任何账目。',
              en: 'It leaves the queue, with your name on it. It was for your eyes: nothing in the books changes.',
            })}
      </p>
    </ConfirmedButton>
  );
}
