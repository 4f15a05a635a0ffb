// A file on its way to the server: how far it is, what was said of it, and the same file again after a lost connection.

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { asRefused, type Refused } from '../api/problem.js';
import { upload } from '../api/upload.js';
import { useKey } from '../api/wish.js';

type Asked<Answer> = {
  /** below /api/v1 */
  readonly path: string;
  readonly touches?: readonly (readonly unknown[])[];
  readonly done: (answer: Answer, file: File) => void | Promise<void>;
};

export type Uploading = {
  readonly send: (file: File) => void;
  readonly busy: boolean;
  readonly percent: number | null;
  readonly failed: { readonly refused: Refused; readonly file: File } | null;
  /** sends the refused file once more, under the same key if no answer had come */
  readonly again: () => void;
};

export function useUpload<Answer>({ path, touches = [], done }: Asked<Answer>): Uploading {
  const queries = useQueryClient();
  const { keyFor, answered } = useKey();
  const [percent, setPercent] = useState<number | null>(null);
  const [failed, setFailed] = useState<Uploading['failed']>(null);
  const send = async (file: File) => {
    setPercent(0);
    setFailed(null);
    try {
      const key = keyFor([path, file.name, file.size, file.lastModified]);
      const answer = await upload<Answer>({ path, file, key, onPercent: setPercent });
      answered();
      await done(answer, file);
    } catch (thrown) {
      const refused = asRefused(thrown);
      if (refused.code !== 'unreachable') answered();
      setFailed({ refused, file });
    } finally {
      setPercent(null);
      await Promise.all(touches.map((queryKey) => queries.invalidateQueries({ queryKey })));
    }
  };
  return {
    send: (file) => void send(file),
    busy: percent !== null,
    percent,
    failed,
    again: () => {
      if (failed !== null) void send(failed.file);
    },
  };
}
