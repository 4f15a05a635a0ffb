export * from './accounts.js';
export * from './claims.js';
export * from './fund-shares.js';
export * from './movement.js';
export * from './postings.js';
