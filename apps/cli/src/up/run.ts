import { report } from '../reporting.js';
import { upConfig } from './config.js';
import { oneLine } from './problem.js';
import { Sandbox } from './up.js';

/** A terminal's Ctrl-C may arrive twice (once from the terminal, once handed on by npm): only a later one is impatience. */
const SAME_KEYSTROKE_MS = 1_500;

/** Runs the sandbox until it is told to stop (answers 0) or cannot go on (answers 1). */
export async function up(dir: string | undefined): Promise<number> {
  const { ended, end } = ending();
  onStopSignal(() => end(0));
  let sandbox: Sandbox | null = null;
  try {
    sandbox = new Sandbox(upConfig(process.env, dir), {
      say: (text) => console.log(oneLine(text)),
      print: (line) => console.log(line),
      failed: (problem) => {
        console.error(problem.message);
        end(1);
      },
    });
    const code = await Promise.race([ended, sandbox.start().then(() => ended)]);
    console.log(oneLine({ zh: '正在停止…', en: 'Stopping…' }));
    await sandbox.stop();
    return code;
  } catch (error) {
    report(error);
    await sandbox?.stop();
    return 1;
  }
}

function ending(): { ended: Promise<number>; end: (code: number) => void } {
  let end: (code: number) => void = () => {};
  const ended = new Promise<number>((resolve) => {
    end = resolve;
  });
  return { ended, end };
}

/** Calls back on the first signal; a later second one ends this process at once (its children follow, Postgres included). */
function onStopSignal(stop: () => void): void {
  let first = 0;
  const onSignal = () => {
    if (first === 0) {
      first = Date.now();
      stop();
    } else if (Date.now() - first > SAME_KEYSTROKE_MS) process.exit(1);
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('SIGHUP', onSignal);
}
