import { createHash } from 'node:crypto';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Binaries, binariesAt } from './binaries.js';

/** Account the server runs under when we are root: Postgres refuses to run as root. */
const NOBODY = 65_534;

/** Where the server's files and data are, and as whom it runs (undefined: as ourselves). */
export type Place = {
  readonly binaries: Binaries;
  readonly dataDir: string;
  readonly identity: { readonly uid: number; readonly gid: number } | undefined;
  /** the system folder used instead of the project's, when another account cannot reach the latter */
  readonly movedTo: string | null;
};

/** Decides the place for `dir`, and makes the folders. As root, whatever nobody cannot reach goes to `systemRoot`. */
export function choosePlace(dir: string, installed: Binaries, systemRoot = '/var/lib/tranche'): Place {
  const asRoot = process.getuid?.() === 0;
  mkdirSync(dir, { recursive: true, mode: asRoot ? 0o755 : 0o700 });
  const dataDir = join(dir, 'postgres');
  if (!asRoot) return { binaries: installed, dataDir, identity: undefined, movedTo: null };
  const identity = { uid: NOBODY, gid: NOBODY };
  const reachable = { data: everybodyCanReach(dir), binaries: everybodyCanReach(installed.root) };
  if (reachable.data && reachable.binaries) return { binaries: installed, dataDir, identity, movedTo: null };
  const folder = join(systemRoot, `data-${digest(dir)}`);
  if (!reachable.data) makeReachable(folder);
  return {
    binaries: reachable.binaries ? installed : copied(installed, systemRoot),
    dataDir: reachable.data ? dataDir : join(folder, 'postgres'),
    identity,
    movedTo: reachable.data ? systemRoot : folder,
  };
}

const digest = (path: string): string => createHash('sha256').update(resolve(path)).digest('hex').slice(0, 16);

function makeReachable(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  chmodSync(folder, 0o755);
}

/** May any account walk through this folder and all above it? */
function everybodyCanReach(folder: string): boolean {
  const parent = dirname(folder);
  const open = (statSync(folder).mode & 0o001) !== 0;
  return open && (parent === folder || everybodyCanReach(parent));
}

/** A copy of the server's files, made whole or not at all, one for each installed version. */
function copied(installed: Binaries, systemRoot: string): Binaries {
  const { version } = JSON.parse(readFileSync(join(dirname(installed.root), 'package.json'), 'utf8')) as { version: string };
  const target = join(systemRoot, `server-${version}-${digest(installed.root)}`);
  if (!existsSync(target)) {
    const unfinished = `${target}.${process.pid}`;
    makeReachable(systemRoot);
    cpSync(installed.root, unfinished, { recursive: true, verbatimSymlinks: true });
    makeReachable(unfinished);
    try {
      renameSync(unfinished, target);
    } catch (error) {
      rmSync(unfinished, { recursive: true, force: true });
      // another process was first
      if (!existsSync(target)) throw error;
    }
  }
  return binariesAt(target);
}

/** Hands a file or folder to the server's account. */
export function handOver(path: string, { identity }: Pick<Place, 'identity'>): void {
  if (identity) chownSync(path, identity.uid, identity.gid);
}
