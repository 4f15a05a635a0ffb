import {
  type CasePolicy,
  type House,
  type Migration,
  type MovedCase,
  moveCases,
  type ReportLine,
  readMigrationReport,
} from '@tranche/casework';
import type { Actor } from '@tranche/database';

/** Cases in one transaction. */
const PAGE = 50;

/** Moves the report's cases page by page, one transaction each; an interrupted run is taken up again by running it again. */
export async function applyPages(
  house: House,
  actor: Actor,
  target: CasePolicy,
  migration: Migration,
  file: string,
): Promise<Record<MovedCase['outcome'], number>> {
  const counts = { moved: 0, already: 0, 'changed-since': 0, 'not-visible': 0 };
  let page: ReportLine[] = [];
  const flush = async () => {
    for (const { outcome } of await moveCases(house, actor, target, migration, page)) counts[outcome] += 1;
    page = [];
  };
  await readMigrationReport(file, async (line) => {
    page.push(line);
    if (page.length === PAGE) await flush();
  });
  await flush();
  return counts;
}
