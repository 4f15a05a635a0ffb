import { useQuery } from '@tanstack/react-query';
import { Button, Modal, Skeleton, Table } from 'antd';
import { useState } from 'react';
import { api, good, type Schemas } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { sha256Of } from '../api/upload.js';
import { FileDrop } from '../pieces/file-drop.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { useUpload } from '../pieces/use-upload.js';
import { Moment } from '../pieces/when.js';
import { useSession } from '../session/session.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import { Preview } from './preview.js';

export type EvidenceFile = Schemas['Evidence'];

export const evidenceKinds: Readonly<Record<EvidenceFile['kind'], Text>> = {
  roster: { zh: '花名册', en: 'roster' },
  attendance: { zh: '考勤', en: 'attendance' },
  results: { zh: '验收结果', en: 'results' },
  list: { zh: '名单', en: 'list' },
  letter: { zh: '追回通知书', en: 'demand letter' },
  other: { zh: '其他材料', en: 'other' },
};

const mayUpload = new Set(['institution', 'enterprise', 'citizen', 'officer', 'reviewer', 'approver', 'inspector']);

const kilobytes = (bytes: number): string => (bytes < 1024 ? `${bytes} B` : `${Math.ceil(bytes / 1024).toLocaleString('en')} kB`);

/** The files of a case, each with the checksum it was stored under; new ones are added here. */
export function Evidence({ id }: { readonly id: string }) {
  const { say } = useLanguage();
  const { data: person } = useSession();
  const [shown, setShown] = useState<EvidenceFile | null>(null);
  const files = useQuery({
    queryKey: ['case', id, 'evidence'],
    queryFn: () => good(api.GET('/api/v1/cases/{id}/evidence', { params: { path: { id } } })),
  });
  if (files.error !== null) return <ProblemAlert refused={asRefused(files.error)} again={() => void files.refetch()} />;
  if (files.data === undefined) return <Skeleton active />;
  return (
    <div className="stack">
      {person && mayUpload.has(person.role) && <AddFile id={id} />}
      <Table<EvidenceFile>
        size="small"
        pagination={false}
        scroll={{ x: 'max-content' }}
        rowKey="id"
        dataSource={files.data.items}
        locale={{ emptyText: say({ zh: '还没有材料', en: 'No files yet' }) }}
        columns={[
          {
            title: say({ zh: '文件', en: 'File' }),
            render: (_, file) => (
              <Button type="link" size="small" onClick={() => setShown(file)}>
                {file.fileName}
              </Button>
            ),
          },
          { title: say({ zh: '类别', en: 'Kind' }), render: (_, file) => say(evidenceKinds[file.kind]) },
          { title: say({ zh: '大小', en: 'Size' }), render: (_, file) => kilobytes(file.sizeBytes) },
          { title: say({ zh: '上传时间', en: 'Uploaded' }), render: (_, file) => <Moment at={file.recordedAt} /> },
          { title: 'SHA-256', render: (_, file) => <code title={file.sha256}>{file.sha256.slice(0, 16)}…</code> },
        ]}
      />
      <Modal open={shown !== null} title={shown?.fileName} footer={null} width={900} onCancel={() => setShown(null)} destroyOnHidden>
        {shown !== null && <Preview caseId={id} file={shown} />}
      </Modal>
    </div>
  );
}

type Sent = { readonly fileName: string; readonly own: string | null; readonly stored: string };

/** Sends one file; what the server stored is held against what was computed here. */
export function AddFile({ id }: { readonly id: string }) {
  const { say } = useLanguage();
  const [sent, setSent] = useState<Sent | null>(null);
  const sending = useUpload<{ sha256: string }>({
    path: `cases/${id}/evidence`,
    touches: [['case', id, 'evidence']],
    done: async ({ sha256: stored }, file) => setSent({ fileName: file.name, own: await sha256Of(file), stored }),
  });
  return (
    <>
      <FileDrop
        label={say({ zh: '上传佐证材料', en: 'Add a file' })}
        accept=".pdf,.jpg,.jpeg,.png,.xlsx,.csv,.doc,.docx"
        sending={sending}
        onFile={() => setSent(null)}
      />
      <ProblemAlert refused={sending.failed?.refused} again={sending.again} />
      {sent !== null && (
        <p role="status">
          {say({ zh: '{fileName} 已保存。', en: '{fileName} is stored.' }, { fileName: sent.fileName })}{' '}
          {sent.own === null
            ? ''
            : sent.own === sent.stored
              ? say({ zh: '校验和与本机一致：', en: 'Its checksum agrees with this machine: ' })
              : say({ zh: '校验和与本机不一致，请重新上传：', en: 'Its checksum differs from this machine, upload it again: ' })}
          <code>{sent.stored}</code>
        </p>
      )}
    </>
  );
}
