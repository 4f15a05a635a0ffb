// The three processes of the sandbox and what each is told through its environment.

import { join } from 'node:path';
import { programFile, programUrl } from '../programs.js';
import type { UpConfig } from './config.js';
import type { DatabaseUrls } from './database.js';
import type { ServiceSpec } from './service.js';

const PRELOAD = programUrl('end-with-parent').href;

export type Plan = { config: UpConfig; urls: DatabaseUrls; port: number; bankPort: number; keyFile: string; clockOffsetMs: number };

/** The bank the worker talks to: a given one, or the simulator on a port of its own. */
export const bankUrl = ({ config, bankPort }: Plan): string => config.BANK_URL ?? `http://127.0.0.1:${bankPort}`;

/** The processes to start; they stop in the reverse of this order. */
export function servicesOf(plan: Plan): ServiceSpec[] {
  const simulator = plan.config.BANK_URL === undefined ? [bankSimulator(plan)] : [];
  return [...simulator, worker(plan), api(plan)];
}

function bankSimulator({ config, bankPort, clockOffsetMs }: Plan): ServiceSpec {
  return {
    ...common(config, 'bank-simulator'),
    label: { zh: '模拟银行', en: 'The bank simulator' },
    env: {
      ...inherited(),
      PORT: String(bankPort),
      HOST: '127.0.0.1',
      BOOK: join(config.dir, 'bank-book.jsonl'),
      CLOCK_OFFSET_MS: String(clockOffsetMs),
    },
  };
}

function worker(plan: Plan): ServiceSpec {
  return {
    ...common(plan.config, 'worker'),
    label: { zh: '后台任务', en: 'The worker' },
    env: { ...inherited(), ...platform(plan), TRANCHE_CHECKPOINT_DIR: checkpointDir(plan) },
  };
}

/** A given folder (better on another machine), or one beside the data. */
const checkpointDir = ({ config }: Plan): string => process.env['TRANCHE_CHECKPOINT_DIR'] || join(config.dir, 'checkpoints');

function api(plan: Plan): ServiceSpec {
  const { config, port } = plan;
  return {
    ...common(config, 'api'),
    label: { zh: '接口服务', en: 'The API' },
    env: { ...inherited(), ...platform(plan), PORT: String(port), HOST: config.HOST },
  };
}

function common(
  { dir }: UpConfig,
  name: 'api' | 'worker' | 'bank-simulator',
): Pick<ServiceSpec, 'name' | 'script' | 'logFile' | 'preload'> {
  return { name, script: programFile(name), logFile: join(dir, 'logs', `${name}.log`), preload: PRELOAD };
}

function platform(plan: Plan): NodeJS.ProcessEnv {
  return {
    DATABASE_URL: plan.urls.app,
    QUEUE_URL: plan.urls.queue,
    BANK_URL: bankUrl(plan),
    TRANCHE_KEY_FILE: plan.keyFile,
    TRANCHE_SANDBOX: '1',
  };
}

/** The caller's environment without what the supervisor decides: the owner's database rights stay with the supervisor. */
function inherited(): NodeJS.ProcessEnv {
  const { OWNER_DATABASE_URL: _owner, PORT: _port, HOST: _host, NODE_CHANNEL_FD: _channel, ...rest } = process.env;
  return rest;
}
