#!/usr/bin/env node
// Starts the command line of apps/cli, which `tools/bootstrap.mjs` has compiled and bundled.

import { existsSync } from 'node:fs';
import { demandNode } from './node-version.mjs';

demandNode(process.versions.node);
const main = new URL('../dist/tranche.js', import.meta.url);
if (existsSync(main)) {
  import(main.href);
} else {
  console.error('尚未编译，请先运行 · Not compiled yet, run first: node tools/bootstrap.mjs');
  process.exitCode = 1;
}
