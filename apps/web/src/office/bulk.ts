// One step for many cases: each goes through the one door by itself, has its own key, and its own answer.

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { api, good, keyed, newKey } from '../api/client.js';
import { asRefused, type Refused } from '../api/problem.js';
import { steps, type Task } from './tasks.js';

export type Outcome = { readonly kind: 'waiting' | 'sending' | 'done' } | { readonly kind: 'refused'; readonly refused: Refused };
export type Row = { readonly task: Task; readonly outcome: Outcome };

/** at a time; the server answers each in a few milliseconds */
const together = 4;

async function say(task: Task, key: string): Promise<Outcome> {
  try {
    await good(
      api.POST('/api/v1/cases/{id}/events', {
        params: { path: { id: task.caseId ?? '' }, header: keyed(key) },
        body: { type: steps[task.kind] ?? '', data: {}, ...(task.caseVersion === null ? {} : { expectedVersion: task.caseVersion }) },
      }),
    );
    return { kind: 'done' };
  } catch (thrown) {
    return { kind: 'refused', refused: asRefused(thrown) };
  }
}

/** Runs the step of each task; a refused one stands beside its reason while the others go on. Sent again, what was done is not done twice. */
export function useBulk() {
  const queries = useQueryClient();
  const keys = useRef(new Map<string, string>());
  const [rows, setRows] = useState<readonly Row[]>([]);
  const [running, setRunning] = useState(false);
  const run = useCallback(
    async (tasks: readonly Task[]) => {
      const left = [...tasks];
      const note = (task: Task, outcome: Outcome) =>
        setRows((all) => all.map((row) => (row.task.id === task.id ? { task, outcome } : row)));
      setRows(tasks.map((task) => ({ task, outcome: { kind: 'waiting' } })));
      setRunning(true);
      const lane = async () => {
        for (let task = left.shift(); task !== undefined; task = left.shift()) {
          const key = keys.current.get(task.id) ?? newKey();
          keys.current.set(task.id, key);
          note(task, { kind: 'sending' });
          const outcome = await say(task, key);
          // no answer came: the same wish goes out again; a refusal ends it
          if (outcome.kind === 'refused' && outcome.refused.code !== 'unreachable') keys.current.delete(task.id);
          note(task, outcome);
        }
      };
      await Promise.all(Array.from({ length: together }, lane));
      setRunning(false);
      await Promise.all([['tasks'], ['cases'], ['case'], ['notices']].map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
    [queries],
  );
  return { rows, running, run, clear: () => setRows([]) };
}
