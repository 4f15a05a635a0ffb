// `tranche policy diagram`: the transition table and the pictures, printed, written to docs/policies, or compared with what is there.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CaseMachine, caseMachine, diagram as mermaid, picture } from '@tranche/machines';
import { type Policy, policies } from '@tranche/policies';
import type { Output } from './assess.js';
import { transitionTable } from './transition-table.js';

export type DiagramOptions = {
  readonly version?: string;
  readonly jurisdiction?: string;
  readonly format: string;
  readonly write?: boolean;
  readonly check?: boolean;
  /** where the committed files are; a test looks elsewhere */
  readonly folder?: string;
};

const FOLDER = fileURLToPath(new URL('../../../../docs/policies', import.meta.url));

type Format = { readonly extension: string; readonly render: (machine: CaseMachine) => string };
const FORMATS: Readonly<Record<string, Format>> = {
  table: { extension: 'md', render: transitionTable },
  mermaid: { extension: 'mmd', render: (machine) => mermaid(machine) },
  svg: { extension: 'svg', render: (machine) => `${picture(machine)}\n` },
};

/** Answers the exit code: 1 for an unknown policy, version or format, and when `--check` finds a stale file. */
export function diagram(policyId: string, options: DiagramOptions, output: Output): number {
  const format = FORMATS[options.format];
  const versions = versionsFor(policyId, options);
  if (format === undefined) {
    output.err(`没有格式 ${options.format}；可用 · no such format; there are: ${Object.keys(FORMATS).join(', ')}`);
    return 1;
  }
  if (versions.length === 0) {
    output.err(`没有这样的政策版本，请用 tranche policy list 查看 · no such policy version; see tranche policy list`);
    return 1;
  }
  if (options.check) return check(versions, options, output);
  if (options.write) return write(versions, options, output);
  for (const policy of versions) output.out(format.render(caseMachine(policy)));
  return 0;
}

/** The version asked for; otherwise the latest of each place. */
function versionsFor(policyId: string, { version, jurisdiction }: DiagramOptions): readonly Policy[] {
  const wanted = policies().filter(
    (policy) =>
      policy.id === policyId &&
      policy.version === (version ?? policy.version) &&
      policy.jurisdiction === (jurisdiction ?? policy.jurisdiction),
  );
  return latestOf(wanted);
}

function latestOf(versions: readonly Policy[]): readonly Policy[] {
  const latest = new Map<string, Policy>();
  for (const policy of versions)
    if (policy.version > (latest.get(policy.jurisdiction)?.version ?? '')) latest.set(policy.jurisdiction, policy);
  return [...latest.values()];
}

type Page = { readonly path: string; readonly content: string };

function pagesOf(policy: Policy, folder: string): Page[] {
  const machine = caseMachine(policy);
  return Object.values(FORMATS).map(({ extension, render }) => ({
    path: join(folder, `${policy.id}.${policy.jurisdiction}.${extension}`),
    content: render(machine),
  }));
}

/** Table and pictures of a policy's latest version in each place, by file name. */
export const diagramPages = (id: string, all: readonly Policy[]): Page[] =>
  latestOf(all.filter((policy) => policy.id === id)).flatMap((policy) => pagesOf(policy, ''));

function write(versions: readonly Policy[], options: DiagramOptions, { out }: Output): number {
  for (const { path, content } of versions.flatMap((policy) => pagesOf(policy, options.folder ?? FOLDER))) {
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, content);
    out(path);
  }
  return 0;
}

function check(versions: readonly Policy[], options: DiagramOptions, { out, err }: Output): number {
  const pages = versions.flatMap((policy) => pagesOf(policy, options.folder ?? FOLDER));
  const stale = pages.filter(({ path, content }) => stored(path) !== content);
  for (const { path } of stale) err(`已过期，请用 --write 重新生成 · stale, write it again with --write: ${path}`);
  if (stale.length === 0) out(`${pages.length} 个文件均为最新 · ${pages.length} files are up to date`);
  return stale.length === 0 ? 0 : 1;
}

function stored(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
