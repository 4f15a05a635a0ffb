import type { Text } from '@tranche/policies';

export type StartRefusal =
  | 'app-role-too-powerful'
  | 'database-not-migrated'
  | 'case-machine-unknown'
  | 'audit-role-unfit'
  | 'backup-refused'
  | 'restore-refused'
  | 'platform-without-postgres'
  | 'data-folder-other-version'
  | 'data-folder-foreign'
  | 'data-folder-other-user'
  | 'port-taken'
  | 'disk-full'
  | 'database-start-failed';

/** The program cannot start, and a person can do something about it: one line in each language, exit code ≠ 0. */
export class StartRefused extends Error {
  constructor(
    readonly code: StartRefusal,
    readonly text: Text,
    options?: ErrorOptions,
  ) {
    super(`${text.en} ${text.zh}`, options);
    this.name = 'StartRefused';
  }
}
