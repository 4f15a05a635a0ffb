import { resolve } from 'node:path';
import {
  type CasePolicy,
  confirmMigration,
  type House,
  makeHouse,
  proposeMigration,
  type Refused,
  readMigrationReport,
  writeMigrationReport,
} from '@tranche/casework';
import { assertAppRole, openDatabase } from '@tranche/database';
import { policies } from '@tranche/policies';
import { dataDir, withEmbedded } from '../embedded/folder.js';
import { report as tell } from '../reporting.js';
import { speaker, text } from '../terminal/language.js';
import { oneLine, StartProblem } from '../up/problem.js';
import { applyPages } from './apply-pages.js';
import type { MigrateOptions } from './cases.command.js';
import { lineText } from './line-text.js';
import { signIn } from './sign-in.js';

/** Answers 0 when it is done, 1 when it was refused or a case cannot be moved. */
export async function runMigrateCases(options: MigrateOptions): Promise<number> {
  try {
    const url = process.env['DATABASE_URL'];
    return url ? await at(url, options) : await withEmbedded(dataDir(options.dir), ({ app }) => at(app, options));
  } catch (error) {
    tell(error);
    return 1;
  }
}

async function at(url: string, options: MigrateOptions): Promise<number> {
  const database = openDatabase({ url, applicationName: 'tranche-migrate-cases', max: 3 });
  try {
    await assertAppRole(database.pool);
    const house = makeHouse({ database });
    if (options.apply !== undefined) return await apply(house, options, options.apply);
    if (options.propose) return await propose(house, options);
    if (options.dryRun) return await dryRun(house, options);
    throw new StartProblem({
      zh: '请指明 --dry-run（只出报告）、--propose（提出）或 --apply（确认并执行）',
      en: 'Say --dry-run (report only), --propose, or --apply (confirm and carry out).',
    });
  } finally {
    await database.close();
  }
}

async function dryRun(house: House, options: MigrateOptions): Promise<number> {
  const say = speaker(options.lang);
  const target = targetOf(house, options);
  const file = reportFile(options, `migration-${target.policy.version}.jsonl`);
  const done = await writeMigrationReport(house, target, {
    restamp: options.restamp === true,
    file,
    onLine: (line) => {
      const shown = lineText(line, options.lang);
      if (shown !== null) console.log(shown);
    },
  });
  const { movable, refused, changed, sha256 } = done;
  console.log(
    say(
      text(
        `可迁移 ${movable} 个（其中 ${changed} 个有差异），不能迁移 ${refused} 个。报告 ${file}，SHA-256 ${sha256}。未作任何更改。`,
        `${movable} cases can be moved (${changed} with differences), ${refused} cannot. Report ${file}, SHA-256 ${sha256}. Nothing was changed.`,
      ),
    ),
  );
  return refused === 0 ? 0 : 1;
}

async function propose(house: House, options: MigrateOptions): Promise<number> {
  const read = await reportOf(options);
  const actor = await signIn(house, options.by);
  const proposed = await proposeMigration(house, actor, read);
  if (!proposed.ok) throw refusal(proposed);
  console.log(
    oneLine({
      zh: `已提出迁移 ${proposed.id}：${read.movable} 个案件。请另一人（审批）以 --apply ${proposed.id} 和同一份报告确认`,
      en: `Proposed as ${proposed.id}: ${read.movable} cases. Another person (approver) confirms it with --apply ${proposed.id} and the same report`,
    }),
  );
  return 0;
}

async function apply(house: House, options: MigrateOptions, id: string): Promise<number> {
  const read = await reportOf(options);
  const actor = await signIn(house, options.by);
  const { policyId, jurisdiction, to: policyVersion, machineHash } = read.header;
  const target = targetOf(house, { ...options, policy: policyId, jurisdiction, to: policyVersion });
  if (target.hash !== machineHash)
    throw new StartProblem({
      zh: '本程序中该版本的流程与报告中的不同，未作任何更改：请以本程序重新出报告',
      en: 'The machine of that version in this release is not the report’s; nothing was changed: write the report again with this release.',
    });
  const confirmed = await confirmMigration(house, actor, id, read.sha256);
  if (!confirmed.ok) throw refusal(confirmed);
  const counts = await applyPages(house, actor, target, confirmed.migration, reportFile(options, ''));
  console.log(
    oneLine({
      zh: `已迁移 ${counts.moved} 个，先前已迁移 ${counts.already} 个，报告后有变化而未动 ${counts['changed-since']} 个，无权查看 ${counts['not-visible']} 个`,
      en: `${counts.moved} moved, ${counts.already} moved before, ${counts['changed-since']} left alone because they went on since the report, ${counts['not-visible']} not yours to see`,
    }),
  );
  return counts['changed-since'] + counts['not-visible'] === 0 ? 0 : 1;
}

function targetOf(house: House, { policy, jurisdiction, to }: Pick<MigrateOptions, 'policy' | 'jurisdiction' | 'to'>): CasePolicy {
  const found = policies().filter(
    (each) =>
      each.version === to &&
      (policy === undefined || each.id === policy) &&
      (jurisdiction === undefined || each.jurisdiction === jurisdiction),
  );
  const [only] = found;
  if (only && found.length === 1)
    return house.policies.of({ policyId: only.id, policyVersion: only.version, jurisdiction: only.jurisdiction });
  const known = policies()
    .map((each) => `${each.id} ${each.version} ${each.jurisdiction}`)
    .join(', ');
  throw new StartProblem({
    zh: `${found.length === 0 ? '没有' : '不止一个'}版本 ${to ?? ''} 符合：请以 --to、--policy、--jurisdiction 指明其一（${known}）`,
    en: `${found.length === 0 ? 'No' : 'More than one'} version ${to ?? ''} fits: name one with --to, --policy, --jurisdiction (${known}).`,
  });
}

function reportFile({ report }: MigrateOptions, otherwise: string): string {
  const file = report ?? otherwise;
  if (file !== '') return resolve(file);
  throw new StartProblem({ zh: '请以 --report 指明报告文件', en: 'Name the report with --report.' });
}

async function reportOf(options: MigrateOptions) {
  const read = await readMigrationReport(reportFile(options, ''), () => undefined);
  if (read) return read;
  throw new StartProblem({ zh: '该文件不是迁移报告', en: 'The file is not a migration report.' });
}

const refusal = ({ detail }: Refused): StartProblem => new StartProblem(detail);
