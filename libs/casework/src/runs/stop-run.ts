import { type Done, once, type Request } from '../administration/once.js';
import type { NotDone } from '../administration/refused.js';
import type { House } from '../house.js';
import type { Refused } from '../refusal.js';
import { runNotFound } from './decide-list.js';
import { lockRun } from './run-row.js';

export type RunStopped = { readonly id: string; readonly stopped: boolean };

/** Stops a run behind the page in hand, or lets it go on where its rows say. */
export async function stopRun(
  house: House,
  request: Request,
  { runId, stopped }: { readonly runId: string; readonly stopped: boolean },
): Promise<Done<RunStopped> | Refused | NotDone> {
  const outcome = await once(house, request, async (tx): Promise<RunStopped | Refused> => {
    if (!(await lockRun(tx, runId))) return runNotFound;
    await tx.query('UPDATE no_application_runs SET stopped = $2 WHERE id = $1', [runId, stopped]);
    return { id: runId, stopped };
  });
  if (outcome.ok && !stopped) house.wake('runs');
  return outcome as Done<RunStopped> | Refused | NotDone;
}
