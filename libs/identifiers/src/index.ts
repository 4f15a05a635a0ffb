export * from './check-digits.js';
export * from './identifiers.js';
export * from './masking.js';
