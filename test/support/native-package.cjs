// A package is not transformed: Node loads it, once in a worker (environment.cjs). Before there is a test file (the set-up of the run) it stays
// as it is.

const among = () => globalThis.requirePackage !== undefined;

module.exports = {
  getCacheKey: (source, path) => (among() ? `native ${path}` : `as it is ${path} ${source.length}`),
  process: (source, path) => ({ code: among() ? `module.exports = requirePackage(${JSON.stringify(path)});` : source }),
};
