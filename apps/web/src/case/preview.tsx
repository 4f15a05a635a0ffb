import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { doorway } from '../api/doorway.js';
import { asRefused, refusedOf } from '../api/problem.js';
import { ProblemAlert } from '../pieces/problem-alert.js';
import { useLanguage } from '../text/language.js';
import type { EvidenceFile } from './evidence.js';

const asImage = /^image\/(png|jpe?g|gif|webp)$/;
const asText = /^(text\/|application\/json)/;

async function bytesOf(path: string): Promise<Blob> {
  const response = await doorway(new Request(path));
  if (!response.ok) throw refusedOf(response.status, await response.json().catch(() => null));
  return response.blob();
}

/** Shows what a browser can show (pictures, PDF, text) from memory; everything can be saved. */
export function Preview({ caseId, file }: { readonly caseId: string; readonly file: EvidenceFile }) {
  const { say } = useLanguage();
  const { data: blob, error } = useQuery({
    queryKey: ['evidence', file.id],
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    queryFn: () => bytesOf(`/api/v1/cases/${caseId}/evidence/${file.id}`),
  });
  const url = useObjectUrl(blob);
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    if (blob !== undefined && asText.test(file.mediaType)) void blob.slice(0, 20_000).text().then(setText);
  }, [blob, file.mediaType]);
  if (error !== null) return <ProblemAlert refused={asRefused(error)} />;
  if (url === null) return <Skeleton active />;
  return (
    <div className="stack preview">
      {asImage.test(file.mediaType) && <img src={url} alt={file.fileName} />}
      {file.mediaType === 'application/pdf' && <iframe src={url} title={file.fileName} />}
      {text !== null && <pre className="code">{text}</pre>}
      <p>
        <a href={url} download={file.fileName}>
          {say({ zh: '保存文件', en: 'Save the file' })}
        </a>{' '}
        <span className="soft">SHA-256 {file.sha256}</span>
      </p>
    </div>
  );
}

function useObjectUrl(blob: Blob | undefined): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (blob === undefined) return;
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return url;
}
