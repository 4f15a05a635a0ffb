import { Button, Empty, Input, Modal, Segmented } from 'antd';
import { useState } from 'react';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { Field } from '../pieces/field.js';
import { FileDrop } from '../pieces/file-drop.js';
import { Form } from '../pieces/form.js';
import { Money } from '../pieces/money.js';
import { PagedTable } from '../pieces/paged-table.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { StateTag, type Tone } from '../pieces/state-tag.js';
import { mustSay, useForm } from '../pieces/use-form.js';
import { useUpload } from '../pieces/use-upload.js';
import { Moment } from '../pieces/when.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import { Items } from './receipt-items.js';

type BankFile = Schemas['BankFile'];

const states: Readonly<Record<BankFile['state'], readonly [Tone, Text]>> = {
  received: ['busy', { zh: '已收到', en: 'received' }],
  importing: ['busy', { zh: '导入中', en: 'being imported' }],
  imported: ['good', { zh: '已导入', en: 'imported' }],
  quarantined: ['bad', { zh: '已搁置，待处置', en: 'set aside' }],
  rejected: ['calm', { zh: '不予读取', en: 'refused' }],
};

/** What banks send: brought in by the cashier, read line by line; what is doubtful is set aside or listed, never dropped. */
export function BankFiles() {
  const { say } = useLanguage();
  const { data: person } = useSession();
  const [view, setView] = useState<'files' | 'items'>('files');
  return (
    <>
      <div className="page-head">
        <h1>{say({ zh: '银行来文', en: 'Files of the bank' })}</h1>
        <div className="page-head-end">
          <Segmented<'files' | 'items'>
            value={view}
            onChange={setView}
            options={[
              { value: 'files', label: say({ zh: '来文', en: 'Files' }) },
              { value: 'items', label: say({ zh: '待查事项', en: 'To look into' }) },
            ]}
          />
        </div>
      </div>
      {view === 'items' ? (
        <Items />
      ) : (
        <div className="stack">
          {person?.role === 'cashier' && <Bring />}
          <Files decides={person?.role === 'maker' || person?.role === 'checker'} />
        </div>
      )}
    </>
  );
}

function Bring() {
  const { say } = useLanguage();
  const [said, setSaid] = useState<string | null>(null);
  const sending = useUpload<{ fresh: boolean }>({
    path: 'bank-files',
    touches: [['bank-files'], ['receipt-items'], ['statement-lines'], ['reconciliations']],
    done: ({ fresh }, { name }) =>
      setSaid(
        say(
          fresh
            ? { zh: '{name} 已收到，导入结果见下表。', en: '{name} was taken in; see below what it came to.' }
            : { zh: '{name} 以前已导入过，没有重复入账。', en: '{name} was brought in before; nothing was booked twice.' },
          { name },
        ),
      ),
  });
  return (
    <>
      <FileDrop
        label={say({ zh: '导入银行来文', en: 'Bring in a file of the bank' })}
        accept=".xml,.csv,.txt"
        hint={say({ zh: 'pain.002、camt.053、camt.054 或回盘文件', en: 'pain.002, camt.053, camt.054 or a return file' })}
        sending={sending}
        onFile={() => setSaid(null)}
      />
      <ProblemAlert refused={sending.failed?.refused} again={sending.again} />
      {said !== null && <p role="status">{said}</p>}
    </>
  );
}

function Files({ decides }: { readonly decides: boolean }) {
  const { say } = useLanguage();
  const [chosen, setChosen] = useState<BankFile | null>(null);
  return (
    <>
      <PagedTable<BankFile>
        label={say({ zh: '来文', en: 'Files' })}
        queryKey={['bank-files']}
        load={(cursor) => good(api.GET('/api/v1/bank-files', { params: { query: cursor === undefined ? {} : { cursor } } }))}
        rowKey={({ id }) => id}
        fit
        empty={<Empty description={say({ zh: '还没有来文', en: 'No files yet' })} />}
        columns={[
          {
            title: say({ zh: '文件', en: 'File' }),
            render: (_, file) => (
              <>
                <span className="wrap">{file.fileName}</span>
                <div className="soft">
                  {file.format ?? '—'} · <Moment at={file.receivedAt} />
                </div>
                {file.reason !== null && <div className="late wrap">{say(file.reason.text)}</div>}
              </>
            ),
          },
          {
            title: say({ zh: '状态', en: 'State' }),
            width: 140,
            render: (_, { state }) => <StateTag tone={states[state][0]} label={states[state][1]} />,
          },
          {
            title: say({ zh: '明细 / 已匹配 / 待查', en: 'Lines / matched / open' }),
            width: 190,
            responsive: ['sm'],
            render: (_, { report }) => (report === null ? '—' : `${report.lines + report.statuses} / ${report.matched} / ${report.open}`),
          },
          {
            title: say({ zh: '暂收', en: 'Suspense' }),
            width: 140,
            align: 'right',
            responsive: ['md'],
            render: (_, { report }) => <Money fen={report?.suspenseFen} />,
          },
          {
            title: '',
            width: 90,
            render: (_, file) =>
              decides && file.state === 'quarantined' ? (
                <Button size="small" onClick={() => setChosen(file)}>
                  {say({ zh: '处置', en: 'Decide' })}
                </Button>
              ) : null,
          },
        ]}
      />
      {chosen !== null && <Decide file={chosen} onClose={() => setChosen(null)} />}
    </>
  );
}

function Decide({ file, onClose }: { readonly file: BankFile; readonly onClose: () => void }) {
  const { say } = useLanguage();
  const form = useForm({
    draft: `${file.id} decide`,
    initial: { note: '' },
    check: (typed) => mustSay(typed, { note: { zh: '请填写处置说明。', en: 'Please say why.' } }),
    usual: 'parse-anyway' as 'parse-anyway' | 'reject',
    send: ({ note }, key, decision) =>
      good(
        api.POST('/api/v1/bank-files/{id}/decide', {
          params: { path: { id: file.id }, header: keyed(key) },
          body: { decision, note: note.trim() },
        }),
      ),
    touches: [['bank-files'], ['receipt-items'], ['statement-lines']],
    done: onClose,
  });
  return (
    <Modal open title={file.fileName} onCancel={onClose} footer={null}>
      <p>{file.reason === null ? '' : say(file.reason.text)}</p>
      <ul className="plain-list">
        {file.reason?.faults.map((fault) => (
          <li key={`${fault.line} ${fault.message}`}>
            {fault.line}: {fault.message}
          </li>
        ))}
      </ul>
      <Form of={form} name={say({ zh: '处置', en: 'Decide' })}>
        <Field label={say({ zh: '处置说明', en: 'Why' })} required at="note">
          {(tied) => <Input.TextArea {...tied} {...form.text('note')} rows={3} maxLength={500} />}
        </Field>
        <div className="form-actions">
          <Button type="primary" htmlType="submit" loading={form.pending}>
            {say({ zh: '仍予读取', en: 'Read it all the same' })}
          </Button>
          <Button danger loading={form.pending} onClick={() => form.submit('reject')}>
            {say({ zh: '不予读取', en: 'Refuse it' })}
          </Button>
        </div>
      </Form>
    </Modal>
  );
}
