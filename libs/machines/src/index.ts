export * from './advance.js';
export * from './effects.js';
export * from './events.js';
