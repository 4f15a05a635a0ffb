import { randomInt } from 'node:crypto';
import { report } from '../reporting.js';
import { type Language, speaker, text } from '../terminal/language.js';
import { upConfig } from '../up/config.js';
import { SimulatedBank } from './bank.js';
import { ApiProblem, DemoProblem } from './client.js';
import { books, closingTable } from './closing-table.js';
import { Narrator } from './narrator.js';
import { perform } from './perform.js';
import { type FoundSandbox, findSandbox } from './sandbox.js';
import type { Scene } from './scene.js';
import { openStage } from './stage.js';
import { lostAnswer } from './stories/lost-answer.js';
import { paidInFull } from './stories/paid-in-full.js';
import { recovered } from './stories/recovered.js';

type Options = { readonly url?: string; readonly bank?: string; readonly dir?: string };
type Where = Pick<FoundSandbox, 'url' | 'bank' | 'password'>;

const STORIES = [paidInFull, recovered, lostAnswer];

/** Finds or starts a sandbox, tells the three stories, stops what it started. Answers the exit code. */
export async function runDemo(language: Language, options: Options): Promise<number> {
  let sandbox: FoundSandbox | null = null;
  const stop = stopping(() => sandbox?.leave());
  try {
    const { dir } = upConfig(process.env, options.dir);
    const narrator = new Narrator(language, console.log);
    const starting = () =>
      narrator.line(text('没有正在运行的沙箱，先临时启动一个…', 'No sandbox is running; starting one for the time of this demo…'));
    sandbox = await findSandbox({ ...options, dir, env: process.env }, starting);
    await tellStories(sandbox, language, narrator);
    return 0;
  } catch (error) {
    if (!stop.asked()) explain(error, language);
    return 1;
  } finally {
    await sandbox?.leave();
    stop.forget();
  }
}

/** The three stories on a running sandbox, and at the end the tables read back from it. Answers the scenes, in order. */
export async function tellStories({ url, bank, password }: Where, language: Language, narrator: Narrator): Promise<readonly Scene[]> {
  const stage = await openStage({ url, password, language, bank: new SimulatedBank(bank), dice: randomInt });
  narrator.line(text(`沙箱 ${url}，法定时钟 ${await stage.clock.today()}`, `sandbox ${url}, legal clock ${await stage.clock.today()}`));
  const scenes: Scene[] = [];
  for (const story of STORIES) scenes.push(await perform(story, stage, narrator));
  narrator.chapter(
    text('回读：每一期的法定日期与依据', 'Read back: every tranche with its legal day and clause'),
    text('以下两表由接口读回。', 'Both tables are read back from the API.'),
  );
  narrator.raw(await closingTable(scenes, language));
  narrator.raw(await books(stage));
  return scenes;
}

/** A refusal of the API, or a condition, in plain words; a bug with its stack. */
function explain(error: unknown, language: Language): void {
  const say = speaker(language);
  if (error instanceof DemoProblem) console.error(say(error.text));
  else if (error instanceof ApiProblem) for (const line of problemLines(error, language)) console.error(line);
  else report(error);
}

/** The problem+json of a failed step: what was asked, what was answered, what would be possible instead. */
export function problemLines({ request, problem }: ApiProblem, language: Language): string[] {
  const say = speaker(language);
  const { title, detail, status, code, errors = [], allowedEvents = [] } = problem;
  const possible = allowedEvents.map(({ type, label }) => `${say(label)} ${type}`).join(language === 'zh' ? '、' : ', ');
  return [
    say(text(`接口没有接受这一步：${request}`, `The API did not accept this step: ${request}`)),
    `  ${status} ${code}  ${title}`,
    `  ${detail}`,
    ...errors.map(({ field, code: reason, message }) => `  ${field}: ${reason} ${message}`),
    ...(possible === '' ? [] : [say(text(`  此刻可办：${possible}`, `  possible now: ${possible}`))]),
  ];
}

/** Ctrl-C and SIGTERM stop what was started before this process ends; what fails meanwhile is no news. */
function stopping(leave: () => Promise<void> | undefined): { asked: () => boolean; forget: () => void } {
  let asked = false;
  const onSignal = () => {
    asked = true;
    void (leave() ?? Promise.resolve()).finally(() => process.exit(130));
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  return { asked: () => asked, forget: () => process.off('SIGINT', onSignal).off('SIGTERM', onSignal) };
}
