import { Button, Empty, Input, Modal } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { Field } from '../pieces/field.js';
import { Form, FormEnd } from '../pieces/form.js';
import { PagedTable } from '../pieces/paged-table.js';
import { mustSay, useForm } from '../pieces/use-form.js';
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
  const form = useForm({
    draft: `${item.id} close`,
    initial: { note: '' },
    check: (typed) => mustSay(typed, { note: { zh: '请填写核查结果。', en: 'Please say what came of it.' } }),
    send: ({ note }, key) =>
      good(
        api.POST('/api/v1/receipt-items/{id}/close', {
          params: { path: { id: item.id }, header: keyed(key) },
          body: { note: note.trim() },
        }),
      ),
    touches: [['receipt-items'], ['reconciliations']],
    done: onClose,
  });
  return (
    <Modal open title={say({ zh: '办结待查事项', en: 'Close an item' })} onCancel={onClose} footer={null}>
      <p>{say(item.text)}</p>
      <Form of={form} name={say({ zh: '办结待查事项', en: 'Close an item' })}>
        <Field label={say({ zh: '核查结果', en: 'What came of it' })} required at="note">
          {(tied) => <Input.TextArea {...tied} {...form.text('note')} rows={3} maxLength={500} />}
        </Field>
        <FormEnd of={form} label={say({ zh: '办结', en: 'Close' })} onCancel={onClose} />
      </Form>
    </Modal>
  );
}
