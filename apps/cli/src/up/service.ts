// One supervised process: forked with IPC, ready when it says so, restarted a few times with growing pauses, stopped with patience.

import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import type { Text } from '@tranche/policies';
import { StartProblem } from './problem.js';

export type ServiceSpec = {
  name: string;
  label: Text;
  /** Path of the compiled program. */
  script: string;
  env: NodeJS.ProcessEnv;
  /** stdout and stderr are appended here: the terminal stays readable, and a killed supervisor leaves no broken pipe. */
  logFile: string;
  /** Module loaded before the program. */
  preload?: string;
};

export type ServiceNews = {
  started(name: string, pid: number): void;
  say(text: Text): void;
  /** Restarting did not help: everything must stop. */
  gaveUp(problem: StartProblem): void;
};

export type ServiceTiming = { readyMs: number; stopMs: number; pausesMs: readonly number[]; healthyMs: number };

export const TIMING: ServiceTiming = { readyMs: 60_000, stopMs: 10_000, pausesMs: [500, 1_000, 2_000, 4_000], healthyMs: 60_000 };

/** The message every program sends over IPC once it can do its work; more fields may follow. */
export type Ready = { ready: true } & Record<string, unknown>;

export class Service {
  private child: ChildProcess | null = null;
  private stopping = false;
  private crashes = 0;
  private pause: NodeJS.Timeout | null = null;

  constructor(
    private readonly spec: ServiceSpec,
    private readonly news: ServiceNews,
    private readonly timing: ServiceTiming = TIMING,
  ) {}

  /** Starts the process and waits for its ready message. Throws StartProblem when it ends or stays silent instead. */
  async start(): Promise<Ready> {
    const child = this.launch();
    const ready = await this.awaitReady(child);
    this.watch(child);
    return ready;
  }

  /** Ends the process: SIGTERM first, SIGKILL when it does not listen. */
  async stop(): Promise<void> {
    this.stopping = true;
    if (this.pause !== null) clearTimeout(this.pause);
    const child = this.child;
    if (child === null || hasEnded(child)) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const impatience = setTimeout(() => child.kill('SIGKILL'), this.timing.stopMs);
    await ended;
    clearTimeout(impatience);
  }

  private launch(): ChildProcess {
    const log = openSync(this.spec.logFile, 'a');
    // Detached: a Ctrl-C in the terminal reaches the supervisor alone, which then stops its children in order.
    const child = fork(this.spec.script, [], {
      env: this.spec.env,
      execArgv: this.spec.preload === undefined ? [] : ['--import', this.spec.preload],
      stdio: ['ignore', log, log, 'ipc'],
      detached: true,
    });
    closeSync(log);
    this.child = child;
    if (child.pid !== undefined) this.news.started(this.spec.name, child.pid);
    return child;
  }

  private awaitReady(child: ChildProcess): Promise<Ready> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        clearTimeout(timer);
        child.off('message', onMessage).off('exit', onExit).off('error', onExit);
        act();
      };
      const onMessage = (message: unknown) => isReady(message) && settle(() => resolve(message));
      const onExit = () => settle(() => reject(this.problem('没有启动', 'did not start')));
      const onSilence = () =>
        settle(() => {
          child.kill('SIGKILL');
          reject(this.problem('在规定时间内没有就绪', 'was not ready in time'));
        });
      const timer = setTimeout(onSilence, this.timing.readyMs);
      child.on('message', onMessage).on('exit', onExit).on('error', onExit);
    });
  }

  private watch(child: ChildProcess): void {
    const since = Date.now();
    const onExit = () => {
      if (Date.now() - since >= this.timing.healthyMs) this.crashes = 0;
      this.comeBack();
    };
    if (hasEnded(child)) onExit();
    else child.once('exit', onExit);
  }

  private comeBack(): void {
    if (this.stopping) return;
    const pauseMs = this.timing.pausesMs[this.crashes++];
    if (pauseMs === undefined) {
      this.news.gaveUp(this.problem(`反复意外退出（${this.crashes} 次）`, `keeps ending unexpectedly (${this.crashes} times)`));
      return;
    }
    const { zh, en } = this.spec.label;
    this.news.say({ zh: `${zh}意外退出，${pauseMs / 1000} 秒后重启`, en: `${en} ended unexpectedly, restarting in ${pauseMs / 1000} s` });
    this.pause = setTimeout(() => {
      this.start().then(
        () => this.news.say({ zh: `${zh}已重启`, en: `${en} is back` }),
        () => this.comeBack(),
      );
    }, pauseMs);
  }

  private problem(zh: string, en: string): StartProblem {
    const last = lastLine(this.spec.logFile);
    const { label, logFile } = this.spec;
    return new StartProblem({
      zh: `${label.zh}${zh}，日志见 ${logFile}`,
      en: `${label.en} ${en}, see ${logFile}${last === '' ? '' : `: ${last}`}`,
    });
  }
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

function isReady(message: unknown): message is Ready {
  return typeof message === 'object' && message !== null && (message as { ready?: unknown }).ready === true;
}

/** The last words of a log, at most 300 characters: usually the reason. */
function lastLine(path: string): string {
  try {
    return (readFileSync(path, 'utf8').trimEnd().split('\n').at(-1) ?? '').slice(0, 300);
  } catch {
    return '';
  }
}
