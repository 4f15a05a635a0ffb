export * from './arithmetic.js';
export * from './fen.js';
export * from './fraction.js';
export * from './in-words.js';
