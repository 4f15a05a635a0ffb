import { InboxOutlined } from '@ant-design/icons';
import { Progress } from 'antd';
import { type DragEvent, useId, useState } from 'react';
import { useLanguage } from '../text/language.js';
import type { Uploading } from './use-upload.js';

type Props = {
  readonly label: string;
  /** e.g. `.xlsx,.csv` */
  readonly accept: string;
  readonly hint?: string;
  readonly sending: Pick<Uploading, 'send' | 'busy' | 'percent'>;
  /** a file was chosen; it is on its way */
  readonly onFile?: () => void;
};

/** Takes one file, dropped or chosen; a plain file input underneath, so the keyboard and every telephone can use it. */
export function FileDrop({ label, accept, hint, sending, onFile }: Props) {
  const { say } = useLanguage();
  const id = useId();
  const [over, setOver] = useState(false);
  const { busy, percent } = sending;
  const take = (file: File) => {
    onFile?.();
    sending.send(file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file !== undefined && !busy) take(file);
  };
  return (
    <fieldset
      className={over ? 'file-drop over' : 'file-drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      aria-busy={busy}
    >
      <InboxOutlined aria-hidden className="file-drop-icon" />
      <strong>{label}</strong>
      <span className="soft">{say({ zh: '拖放到此处，或', en: 'Drop it here, or' })}</span>
      <input
        id={id}
        className="file-input"
        aria-label={label}
        type="file"
        accept={accept}
        // not disabled: the focus would be lost to whoever works by keyboard
        aria-disabled={busy}
        onClick={(event) => {
          if (busy) event.preventDefault();
        }}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file !== undefined) take(file);
          event.target.value = '';
        }}
      />
      <label htmlFor={id} className="button">
        {busy ? say({ zh: '正在上传…', en: 'Sending…' }) : say({ zh: '选择文件', en: 'Choose a file' })}
      </label>
      {hint !== undefined && <span className="soft">{hint}</span>}
      {percent !== null && <Progress percent={percent} size="small" aria-label={say({ zh: '上传进度', en: 'Upload progress' })} />}
    </fieldset>
  );
}
