export * from './movement.js';
