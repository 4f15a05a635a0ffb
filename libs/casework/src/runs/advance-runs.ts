import { formatInstant } from '@tranche/calendar';
import type { House } from '../house.js';
import { listsToOpen, openList } from './open-list.js';
import { type PageSizes, pageSizes } from './pages.js';
import { type Run, runColumns, runKeeper } from './run-row.js';
import { screenRun } from './screen-run.js';

/**
 * Takes every run further that has something to do: lines to be decided, approved lists to be opened. One worker at a time has a run
 * in hand, by a lease that it renews with every page; whoever takes over a lease that ran out goes on where the rows say. Answers how many runs
 * were worked on.
 */
export async function advanceRuns(house: House, workerName: string, pages: PageSizes = pageSizes): Promise<number> {
  let worked = 0;
  const tried = new Set<string>();
  for (;;) {
    if (house.stopping()) return worked;
    const run = await takeRun(house, workerName, [...tried]);
    if (!run) return worked;
    tried.add(run.id);
    worked += 1;
    try {
      await advanceRun(house, run, pages, () => renew(house, workerName, run.id));
    } finally {
      await giveBack(house, workerName, run.id);
    }
  }
}

/** All that can be done of one run now; ends early once `goOn` says no. */
export async function advanceRun(house: House, run: Run, pages: PageSizes, goOn: () => Promise<boolean>): Promise<void> {
  if (run.state === 'screening' && !(await screenRun(house, run, pages.screen, goOn))) return;
  for (const list of await listsToOpen(house, run)) if (!(await openList(house, run, list, pages.open, goOn))) return;
}

async function takeRun(house: House, workerName: string, not: readonly string[]): Promise<Run | undefined> {
  const now = house.systemNow();
  return house.database.transaction(runKeeper, async (tx) => {
    const { rows } = await tx.query<Run>(
      `UPDATE no_application_runs SET worker = $1, lease_until = $2 WHERE id = (
         SELECT id FROM no_application_runs r WHERE NOT stopped AND id <> ALL ($4::uuid[]) AND (lease_until IS NULL OR lease_until < $3)
            AND (state = 'screening' OR (state = 'screened' AND EXISTS (SELECT FROM no_application_lists l WHERE l.run_id = r.id AND l.state = 'approved')))
          ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING ${runColumns}`,
      [workerName, formatInstant(now + house.outboxLeaseMs), formatInstant(now), not],
    );
    return rows[0];
  });
}

/** May the run be gone on with? Not once it was stopped, the process should end, or another worker took it over. */
async function renew(house: House, workerName: string, runId: string): Promise<boolean> {
  if (house.stopping()) return false;
  const { rowCount } = await house.database.transaction(runKeeper, (tx) =>
    tx.query('UPDATE no_application_runs SET lease_until = $3 WHERE id = $1 AND worker = $2 AND NOT stopped', [
      runId,
      workerName,
      formatInstant(house.systemNow() + house.outboxLeaseMs),
    ]),
  );
  return rowCount === 1;
}

async function giveBack(house: House, workerName: string, runId: string): Promise<void> {
  await house.database.transaction(runKeeper, (tx) =>
    tx.query('UPDATE no_application_runs SET lease_until = NULL, worker = NULL WHERE id = $1 AND worker = $2', [runId, workerName]),
  );
}
