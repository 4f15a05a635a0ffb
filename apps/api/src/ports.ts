/** Names under which Nest hands out what was made outside it. */
export const HOUSE = Symbol('house');
export const SETTINGS = Symbol('settings');
export const API_DOCUMENT = Symbol('api-document');
export const METRICS = Symbol('metrics');
export const KEYS = Symbol('field-keys');
