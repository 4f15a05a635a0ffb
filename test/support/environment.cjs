// Where the tests of a file run: in Node's own global scope, one file after the other, so that packages (native-package.cjs) are loaded once
// in a worker and not once for each file, and nothing looks up its globals through the glass of a separate context. Our own modules are
// loaded once in a worker too (own-module.cjs), tests anew for each file. What a file leaves behind in the global scope or the environment is put
// back before the next.

const { createRequire } = require('node:module');
const { dirname, join } = require('node:path');
const vm = require('node:vm');
const { LegacyFakeTimers, ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

/** Stands for Node's own scope where Jest wants a context of its own. */
const ownScope = Object.freeze({});

const { compileFunction } = vm;
vm.compileFunction = (code, parameters, { parsingContext, ...options }) =>
  compileFunction(code, parameters, parsingContext === ownScope ? options : { parsingContext, ...options });

/** Our own modules that a file of this worker has loaded, by path. */
const loaded = new Map();
/** What they registered themselves in, once, when they were loaded. */
const registers = new Set(['typeormMetadataArgsStorage']);
/** The file that runs now, and how it asks for modules. */
let now = {};

/** A kept module outlives the file that loaded it: what it imports later, it imports as the file of that time does. */
function lasting({ filename }, require, then = now) {
  return (name) => {
    if (now === then) return require(name);
    return now.ask(name.startsWith('.') ? join(dirname(filename), name.replace(/\.js$/, '')) : name);
  };
}

function loadedOnce(own, load, require) {
  now.ask ??= require;
  const { filename } = own;
  const before = loaded.get(filename);
  if (before !== undefined) {
    own.exports = before.exports;
    return;
  }
  loaded.set(filename, own);
  try {
    load(own, own.exports, lasting(own, require));
  } catch (error) {
    loaded.delete(filename);
    throw error;
  }
}

class OneScope {
  constructor({ projectConfig }) {
    now = {};
    globalThis.requirePackage = createRequire(__filename);
    globalThis.loadedOnce = loadedOnce;
    // the runner's own, of another instance of it
    delete globalThis[Symbol.for('EVENT_HANDLERS')];
    this.before = Object.getOwnPropertyDescriptors(globalThis);
    this.env = { ...process.env };
    this.exit = process.exit;
    this.global = globalThis;
    this.moduleMocker = new ModuleMocker(globalThis);
    const timerConfig = { idToRef: (timer) => timer, refToId: (timer) => timer };
    this.fakeTimers = new LegacyFakeTimers({ config: projectConfig, global: globalThis, moduleMocker: this.moduleMocker, timerConfig });
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  getVmContext() {
    return ownScope;
  }

  async setup() {}

  async teardown() {
    this.fakeTimers.dispose();
    this.fakeTimersModern.dispose();
    process.exit = this.exit;
    for (const name of Object.keys(process.env)) if (!(name in this.env)) delete process.env[name];
    Object.assign(process.env, this.env);
    for (const key of Reflect.ownKeys(globalThis))
      if (!(key in this.before) && !registers.has(key)) Reflect.deleteProperty(globalThis, key);
    Object.defineProperties(globalThis, this.before);
  }
}

module.exports = OneScope;
