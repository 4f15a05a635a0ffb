// Our own modules are compiled by swc, and loaded once in a worker (environment.cjs) as packages are: one that another test file has loaded is
// there, warm, and what it imports need not be looked at again. Tests and what supports them are loaded anew for each file.

const { createHash } = require('node:crypto');
const { createTransformer } = require('@swc/jest');

/** Around a module's code, on its first line so that its lines keep their numbers. Before there is a test file it is a module like any other. */
const opening =
  '(globalThis.loadedOnce ?? ((own, load, require) => load(own, own.exports, require)))(module, (module, exports, require) => {';
const closing = '\n}, require);';

module.exports = {
  createTransformer(options) {
    const swc = createTransformer(options);
    return {
      canInstrument: swc.canInstrument,
      getCacheKey: (...source) =>
        createHash('sha1')
          .update(`${swc.getCacheKey(...source)} ${opening}`)
          .digest('hex'),
      process(...source) {
        const { code, ...rest } = swc.process(...source);
        return { ...rest, code: `${opening}${code}${closing}` };
      },
    };
  },
};
