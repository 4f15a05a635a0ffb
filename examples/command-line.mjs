// The options of a command here, all written `--name=value`. `--help` prints what it takes; whatever it does not take is named with that, not as a stack.

import { parseArgs } from 'node:util';

/**
 * Options by name, each with what is taken when it is not given: a number wants a whole number, `undefined` may stay out. Ends the process
 * with 0 after `--help`, with 2 after an option that is none.
 */
export function optionsOf(usage, defaults) {
  const options = Object.fromEntries(Object.keys(defaults).map((name) => [name, { type: 'string' }]));
  try {
    const { values } = parseArgs({ options: { ...options, help: { type: 'boolean', short: 'h' } } });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    return Object.fromEntries(Object.entries(defaults).map(([name, usual]) => [name, valueOf(name, values[name], usual)]));
  } catch (wrong) {
    console.error(`${wrong.message}\n\n${usage}`);
    process.exit(2);
  }
}

function valueOf(name, given, usual) {
  if (given === undefined || typeof usual !== 'number') return given ?? usual;
  if (!/^\d{1,9}$/.test(given)) throw new Error(`--${name}: 应为整数 · a whole number is wanted, not ${given}`);
  return Number(given);
}
