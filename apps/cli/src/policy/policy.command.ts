import { Command } from 'commander';
import { type Language, languageOption } from '../terminal/language.js';
import type { AssessOptions } from './assess.js';
import type { CheckOptions } from './check.js';
import type { DiagramOptions } from './diagram.js';
import type { PagesOptions } from './pages/pages.js';
import type { SimulateOptions } from './simulate/run.js';

/** `tranche policy`: what the published policies say, without a database. */
export const policyCommand = (): Command =>
  new Command('policy')
    .description('政策：目录、试算、流转图 · policies: registry, calculator, diagrams')
    .addCommand(listCommand())
    .addCommand(assessCommand())
    .addCommand(diagramCommand())
    .addCommand(pagesCommand())
    .addCommand(simulateCommand())
    .addCommand(checkCommand());

const listCommand = (): Command =>
  new Command('list')
    .description('政策目录：版本、受理机构、执行期、哈希 · all versions with office, window and hash')
    .addOption(languageOption())
    .action(async ({ lang }: { lang: Language }) => {
      const { listPolicies } = await import('./list.js');
      console.log(listPolicies(lang));
    });

const assessCommand = (): Command =>
  new Command('assess')
    .description('试算：每条规则、数额、时限及依据 · the calculator with its trace; nothing is stored')
    .argument('<policy>', '政策编号 · policy id')
    .requiredOption('--on <date>', '收到申请之日 · day the application is received, YYYY-MM-DD')
    .requiredOption('--facts <file>', '事实（JSON 文件）· facts, a JSON file')
    .option('--jurisdiction <code>', '适用地区（GB/T 2260）· place', 'CN-2102')
    .option('--mark <mark=date...>', '已知时点，用于算出法定日期，例如 started=2020-11-30 · known marks, to work out legal dates')
    .option('--json', '输出 JSON · print JSON')
    .addOption(languageOption())
    .action(async (policy: string, options: AssessOptions) => {
      const { assessPolicy } = await import('./assess.js');
      process.exitCode = assessPolicy(policy, options, { out: console.log, err: console.error });
    });

const diagramCommand = (): Command =>
  new Command('diagram')
    .description('流转表与流转图，每条箭头注明依据 · transition table and diagram, every arrow with its clause')
    .argument('<policy>', '政策编号 · policy id')
    .option('--version <version>', '版本 · version (default: the latest of the place)')
    .option('--jurisdiction <code>', '适用地区 · place (default: every place that has a version)')
    .option('--format <format>', 'table | mermaid | svg', 'table')
    .option('--write', '写入 docs/policies · write the files of docs/policies')
    .option('--check', '与 docs/policies 比对，过期则失败 · fail when the files of docs/policies are stale')
    .action(async (policy: string, options: DiagramOptions) => {
      const { diagram } = await import('./diagram.js');
      process.exitCode = diagram(policy, options, { out: console.log, err: console.error });
    });

const pagesCommand = (): Command =>
  new Command('pages')
    .description(
      '生成的文档：每项政策一页、流转表和图、条文对照 · generated documents: a page and the machine of each policy, and what each clause became',
    )
    .option('--write', '写入 docs · write the files of docs')
    .option('--check', '与 docs 比对，过期则失败 · fail when the files of docs are stale')
    .action(async (options: PagesOptions) => {
      const { pages } = await import('./pages/pages.js');
      process.exitCode = pages(options, { out: console.log, err: console.error });
    });

const simulateCommand = (): Command =>
  new Command('simulate')
    .description(
      '推演：按月按资金的支出、预拨余额、将错过的时限；可对照另一版本 · cost per month and fund, advances, limits missed; two versions compared',
    )
    .requiredOption('--policy <id>', '政策编号 · policy id')
    .requiredOption('--cases <file>', '案件（CSV），可由 examples/simulation-cases.mjs 生成 · cases, see examples/simulation-cases.mjs')
    .requiredOption('--from <date>', '自此日收到的案件 · cases received from this day on')
    .requiredOption('--to <date>', '推演至此日 · the last day that is lived')
    .option('--version <version>', '全部按此版本，如 CN-2102@2020-11-24 · every case under this version (default: the one that binds)')
    .option('--compare <version>', '再按另一版本推演并对照 · the same cases under another version too')
    .option('--daily <file>', '每日预拨余额写入文件 · advances outstanding day by day, as CSV')
    .addOption(languageOption())
    .action(async (options: SimulateOptions) => {
      const { simulatePolicy } = await import('./simulate/run.js');
      process.exitCode = simulatePolicy(options, { out: console.log, err: console.error });
    });

const checkCommand = (): Command =>
  new Command('check')
    .description('在给定范围内检查状态机：能否办结、会否多付、时限是否有响应 · check a machine within declared bounds')
    .argument('[policy]', '政策编号 · policy id (default: all)')
    .option('--exhaustive', '更大范围，需几分钟 · wider bounds, takes minutes')
    .option('--keep', '保存结果，供管理页面查看 · keep what was found, for the pages of administration')
    .addOption(languageOption())
    .action(async (policy: string | undefined, options: CheckOptions) => {
      const { checkPolicies } = await import('./check.js');
      process.exitCode = await checkPolicies(policy, options, { out: console.log, err: console.error });
    });
