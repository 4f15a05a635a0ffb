export * from './calendar.js';
export * from './due.js';
export * from './instant.js';
export * from './local-date.js';
export * from './state-council-years.js';
