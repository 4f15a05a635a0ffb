import { makeHouse, signingKeyOf, takeCheckpoint } from '@tranche/casework';
import { openDatabase } from '@tranche/database';
import { checkpointDir, dataDir, keyFileText, withEmbedded } from '../embedded/folder.js';
import { report } from '../reporting.js';
import { oneLine, StartProblem } from '../up/problem.js';

export async function runCheckpoint(options: { dir?: string; checkpoints?: string }): Promise<number> {
  try {
    const dir = dataDir(options.dir);
    const to = checkpointDir(options.checkpoints, dir);
    const key = signingKeyOf(keyFileText(dir));
    if (!key.ok) throw new StartProblem(key.message);
    const take = (url: string) => takeAt(url, { dir: to, key: key.key, daily: false });
    const url = process.env['DATABASE_URL'];
    console.log(url ? await take(url) : await withEmbedded(dir, ({ app }) => take(app)));
    return 0;
  } catch (error) {
    report(error);
    return 1;
  }
}

async function takeAt(url: string, options: Parameters<typeof takeCheckpoint>[1]): Promise<string> {
  const database = openDatabase({ url, applicationName: 'tranche-checkpoint', max: 1 });
  try {
    const outcome = await takeCheckpoint(makeHouse({ database }), options);
    if (!outcome.ok) throw new StartProblem(outcome.detail);
    if (outcome.no === null)
      throw new StartProblem({
        zh: '另一进程正在签署检查点，请稍后再试',
        en: 'Another process is signing a checkpoint; try again in a moment.',
      });
    const { no, cases, root, path } = outcome;
    return oneLine({
      zh: `检查点 ${no}：${cases} 个案件，根 ${root}，已导出到 ${path}`,
      en: `Checkpoint ${no}: ${cases} cases, root ${root}`,
    });
  } finally {
    await database.close();
  }
}
