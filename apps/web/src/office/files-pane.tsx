import { useQuery } from '@tanstack/react-query';
import { Button, Empty, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { api, good } from '../api/client.js';
import { asRefused } from '../api/problem.js';
import { AddFile, type EvidenceFile, evidenceKinds } from '../case/evidence.js';
import { Preview } from '../case/preview.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { Moment } from '../pieces/when.js';
import { useLanguage } from '../text/language.js';

/** What was handed in, one file at a time, beside what is being decided; the next by one key. */
export function FilesPane({ id, mayAdd }: { readonly id: string; readonly mayAdd: boolean }) {
  const { say } = useLanguage();
  const [chosen, setChosen] = useState<string | null>(null);
  const files = useQuery({
    queryKey: ['case', id, 'evidence'],
    queryFn: () => good(api.GET('/api/v1/cases/{id}/evidence', { params: { path: { id } } })),
  });
  if (files.error !== null) return <ProblemAlert refused={asRefused(files.error)} again={() => void files.refetch()} />;
  if (files.data === undefined) return <Skeleton active />;
  const { items } = files.data;
  const at = Math.max(
    0,
    items.findIndex((file) => file.id === chosen),
  );
  const shown = items[at];
  const go = (step: number) => setChosen(items[(at + step + items.length) % items.length]?.id ?? null);
  return (
    <div className="files-pane">
      {shown === undefined ? (
        <Empty description={say({ zh: '没有佐证材料', en: 'No files were handed in' })} />
      ) : (
        <>
          <div className="bulk-bar">
            <Select
              aria-label={say({ zh: '材料', en: 'File' })}
              style={{ flex: '1 1 220px', minWidth: 0 }}
              value={shown.id}
              onChange={setChosen}
              options={items.map((file, index) => ({
                value: file.id,
                label: `${index + 1}. ${say(evidenceKinds[file.kind])} · ${file.fileName}`,
              }))}
            />
            <Button disabled={items.length < 2} onClick={() => go(-1)}>
              {say({ zh: '上一份', en: 'Previous' })}
            </Button>
            <Button disabled={items.length < 2} onClick={() => go(1)}>
              {say({ zh: '下一份', en: 'Next' })}
            </Button>
          </div>
          <OneFile key={shown.id} id={id} file={shown} />
        </>
      )}
      {mayAdd && <AddFile id={id} />}
    </div>
  );
}

const inBrowser = /^(image\/(png|jpe?g|gif|webp)$|application\/(pdf|json)$|text\/)/;

function OneFile({ id, file }: { readonly id: string; readonly file: EvidenceFile }) {
  const { say } = useLanguage();
  return (
    <>
      <span className="soft">
        {say({ zh: '上传于', en: 'Uploaded' })} <Moment at={file.recordedAt} />
        {inBrowser.test(file.mediaType) ? '' : say({ zh: '；此类文件请保存后打开查看。', en: '; save this kind of file to open it.' })}
      </span>
      <Preview caseId={id} file={file} />
    </>
  );
}
