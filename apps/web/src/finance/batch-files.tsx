import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Empty, Table } from 'antd';
import { useState } from 'react';
import { api, good, keyed, type Schemas } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { useWish } from '../api/wish.js';
import { Money } from '../pieces/money.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { StateTag } from '../pieces/state-tag.js';
import { Day, Moment } from '../pieces/when.js';
import { Wide } from '../pieces/wide.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import { movedDay } from './execution-day.js';
import { WithdrawFile } from './withdraw-file.js';
import type { Batch } from './words.js';

type File = Schemas['BatchFile'];

/** The files of a signed batch: written, taken byte for byte, and handed to the bank once, each named by its hash. */
export function BatchFiles({ batch }: { readonly batch: Batch }) {
  const { say } = useLanguage();
  const { data: person } = useSession();
  const queries = useQueryClient();
  const { id } = batch;
  const cashier = person?.role === 'cashier';
  const proposes = cashier || person?.role === 'maker';
  const [chosen, setChosen] = useState<string | null>(null);
  const files = useQuery({
    queryKey: ['batches', id, 'files'],
    queryFn: () => good(api.GET('/api/v1/batches/{id}/files', { params: { path: { id } } })),
  });
  const write = useWish({
    send: (executionOn: string | undefined, key) =>
      good(
        api.POST('/api/v1/batches/{id}/files', {
          params: { path: { id }, header: keyed(key) },
          body: executionOn === undefined ? {} : { executionOn },
        }),
      ),
    touches: [['batches']],
  });
  const hand = useWish({
    send: ({ part, sha256, on }: Pick<File, 'part' | 'sha256'> & { readonly on?: string }, key) =>
      good(
        api.POST('/api/v1/batches/{id}/hand-over', {
          params: { path: { id }, header: keyed(key) },
          body: { part, sha256, ...(on === undefined ? {} : { executionOn: on }) },
        }),
      ),
    touches: [['batches']],
  });
  const moved = movedDay(write.error ?? hand.error);
  const last = hand.variables;
  const items = files.data?.items ?? [];
  const shown = items.find((file) => file.id === chosen);
  // the taking is recorded on the server; the count beside the file follows
  const taken = () => setTimeout(() => void queries.invalidateQueries({ queryKey: ['batches', id, 'files'] }), 1_000);
  return (
    <Card size="small" title={say({ zh: '银行文件', en: 'Files for the bank' })}>
      <div className="stack">
        {cashier && items.length === 0 && batch.state === 'approved' && (
          <div className="actions">
            <Button type="primary" loading={write.isPending} onClick={() => write.mutate(undefined)}>
              {say({ zh: '生成银行文件', en: 'Write the files' })}
            </Button>
          </div>
        )}
        <ProblemAlert refused={write.error ?? hand.error} />
        {moved !== null && (
          <div className="actions">
            <Button
              type="primary"
              onClick={() => (write.error === null ? last !== undefined && hand.mutate({ ...last, on: moved }) : write.mutate(moved))}
            >
              {say({ zh: '同意于 {day} 执行', en: 'Agree to {day}' }, { day: moved })}
            </Button>
          </div>
        )}
        {files.error !== null && <ProblemAlert refused={asRefused(files.error)} again={() => void files.refetch()} />}
        <Wide label={say({ zh: '银行文件', en: 'Files' })}>
          <Table<File>
            size="small"
            pagination={false}
            rowKey="id"
            loading={files.isPending}
            dataSource={items}
            locale={{ emptyText: <Empty description={say({ zh: '尚未生成文件', en: 'No files were written yet' })} /> }}
            columns={[
              { title: say({ zh: '文件', en: 'File' }), dataIndex: 'fileName' },
              { title: say({ zh: '笔数', en: 'Lines' }), dataIndex: 'lines', align: 'right' },
              { title: say({ zh: '金额', en: 'Amount' }), align: 'right', render: (_, { totalFen }) => <Money fen={totalFen} /> },
              { title: say({ zh: '执行日', en: 'Executed on' }), render: (_, { executionOn }) => <Day date={executionOn} /> },
              { title: 'SHA-256', render: (_, { sha256 }) => <code title={sha256}>{sha256.slice(0, 16)}…</code> },
              { title: say({ zh: '下载次数', en: 'Taken' }), dataIndex: 'downloads', align: 'right' },
              {
                title: say({ zh: '交付', en: 'Handed over' }),
                render: (_, { handedOverAt, withdrawal }) =>
                  withdrawal === null ? handedOverAt === null ? '—' : <Moment at={handedOverAt} /> : <Withdrawn state={withdrawal.state} />,
              },
              {
                title: '',
                key: 'do',
                render: (_: unknown, file: File) => (
                  <div className="actions">
                    {cashier && (
                      <Button size="small" href={`/api/v1/batches/${id}/file?part=${file.part}`} download={file.fileName} onClick={taken}>
                        {say({ zh: '下载', en: 'Take' })}
                      </Button>
                    )}
                    {cashier && file.handedOverAt === null && file.withdrawal === null && (
                      <Button
                        size="small"
                        type="primary"
                        loading={hand.isPending}
                        onClick={() => hand.mutate({ part: file.part, sha256: file.sha256 })}
                      >
                        {say({ zh: '已交付银行', en: 'The bank has it' })}
                      </Button>
                    )}
                    {withdraws.has(person?.role ?? '') && file.handedOverAt === null && (file.withdrawal !== null || proposes) && (
                      <Button size="small" onClick={() => setChosen(file.id)}>
                        {file.withdrawal === null ? say({ zh: '撤回', en: 'Withdraw' }) : say({ zh: '撤回情况', en: 'The withdrawal' })}
                      </Button>
                    )}
                  </div>
                ),
              },
            ]}
          />
        </Wide>
        {shown !== undefined && <WithdrawFile batchId={id} file={shown} onClose={() => setChosen(null)} />}
      </div>
    </Card>
  );
}

/** who says, or confirms, that a bank never had a file */
const withdraws = new Set(['maker', 'checker', 'cashier']);

function Withdrawn({ state }: { readonly state: NonNullable<File['withdrawal']>['state'] }) {
  return state === 'confirmed' ? (
    <StateTag tone="bad" label={{ zh: '已撤回作废', en: 'withdrawn' }} />
  ) : (
    <StateTag tone="warn" label={{ zh: '已提出撤回，待确认', en: 'to be withdrawn' }} />
  );
}
