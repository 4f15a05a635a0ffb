import type { Role } from '@tranche/policies';

/**
 * Who acts in a transaction; row-level security reads exactly these four values.
 * `system` sees everything (worker, login, seeding), `public` sees posted notices; a person of an organisation sees the
 * organisation's rows, a person of a bureau the rows of its district (null: all districts).
 */
export type Actor = {
  userId: string;
  role: Role | 'system' | 'public';
  organisationId: string | null;
  district: string | null;
  /** whose eyes row security lends to a use-case that acts for somebody who may see nothing himself */
  seesAs?: 'system';
};

/** The actor of processes that act for nobody in particular; `name` says which: `system:worker`. */
export const systemActor = (name: string): Actor => ({ userId: `system:${name}`, role: 'system', organisationId: null, district: null });

/** Sets the actor of a transaction from a statement's first four parameters; ends with the transaction. */
export const settingActor = `set_config('app.user', $1, true), set_config('app.role', $2, true), set_config('app.org', $3, true), set_config('app.district', $4, true)`;

/** The first four parameters of a statement with `settingActor`. */
export const settingValues = (actor: Actor): string[] => [
  actor.userId,
  actor.seesAs ?? actor.role,
  actor.organisationId ?? '',
  actor.district ?? '',
];

/** The four settings as one prepared statement; they end with the transaction. */
export const settingsOf = (actor: Actor): { name: string; text: string; values: string[] } => ({
  name: 'set_actor',
  text: `SELECT ${settingActor}`,
  values: settingValues(actor),
});
