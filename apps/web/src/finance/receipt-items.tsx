import { Button, Empty, Input, Modal } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { useWish } from '../api/wish.js';
import { useDraft } from '../pieces/draft.js';
import { errorsAt, Field } from '../pieces/field.js';
import { PagedTable } from '../pieces/paged-table.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';

type Item = Schemas['ReceiptItem'];

/** What of the bank's files a person must look at, with the place in the file; closed with a word of what came of it. */
export function Items() {
  const { say } = useLanguage();
  const { data: person } = useSession();
  const [chosen, setChosen] = useState<Item | null>(null);
  const closes = ['maker', 'checker', 'cashier'].includes(person?.role ?? '');
  return (
    <>
      <PagedTable<Item>
        label={say({ zh: '待查事项', en: 'To look into' })}
        queryKey={['receipt-items', 'open']}
        load={(cursor) =>
          good(api.GET('/api/v1/receipt-items', { params: { query: { state: 'open', ...(cursor === undefined ? {} : { cursor }) } } }))
        }
        rowKey={({ id }) => id}
        fit
        empty={<Empty description={say({ zh: '没有待查事项', en: 'Nothing to look into' })} />}
        columns={[
          {
            title: say({ zh: '事项', en: 'Item' }),
            render: (_, item) => (
              <>
                <span className="wrap">{say(item.text)}</span>
                {item.found !== '' && <div className="soft wrap">{item.found}</div>}
              </>
            ),
          },
          {
            title: say({ zh: '位置', en: 'Place' }),
            responsive: ['md'],
            render: (_, item) => (
              <span className="wrap">
                {item.fileName}:{item.line} <span className="soft">{item.path}</span>
              </span>
            ),
          },
          {
            title: '',
            width: 130,
            render: (_, item) => (
              <>
                {item.lineId !== null && (
                  <Link to={`/desk/finance/statement-lines?line=${item.lineId}`}>{say({ zh: '查看流水', en: 'The line' })}</Link>
                )}{' '}
                {closes && (
                  <Button size="small" onClick={() => setChosen(item)}>
                    {say({ zh: '办结', en: 'Close' })}
                  </Button>
                )}
              </>
            ),
          },
        ]}
      />
      {chosen !== null && <CloseItem item={chosen} onClose={() => setChosen(null)} />}
    </>
  );
}

function CloseItem({ item, onClose }: { readonly item: Item; readonly onClose: () => void }) {
  const { say } = useLanguage();
  const [note, setNote, clear] = useDraft(`${item.id} close`, '');
  const [missing, setMissing] = useState(false);
  const wish = useWish({
    send: (said: string, key) =>
      good(api.POST('/api/v1/receipt-items/{id}/close', { params: { path: { id: item.id }, header: keyed(key) }, body: { note: said } })),
    touches: [['receipt-items'], ['reconciliations']],
    done: () => {
      clear();
      onClose();
    },
  });
  const send = () => {
    setMissing(note.trim() === '');
    if (note.trim() !== '') wish.mutate(note.trim());
  };
  return (
    <Modal open title={say({ zh: '办结待查事项', en: 'Close an item' })} onCancel={onClose} onOk={send} confirmLoading={wish.isPending}>
      <p>{say(item.text)}</p>
      <Field
        label={say({ zh: '核查结果', en: 'What came of it' })}
        required
        errors={[
          ...(missing && note.trim() === '' ? [say({ zh: '请填写核查结果。', en: 'Please say what came of it.' })] : []),
          ...errorsAt(wish.error?.problem.errors, 'note'),
        ]}
      >
        {(tied) => <Input.TextArea {...tied} rows={3} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />}
      </Field>
      <ProblemAlert refused={wish.error} shownAt={['note']} />
    </Modal>
  );
}
