import { appRole, auditorRole, databaseUrl, ensureDatabase, ensureRoles, ownerRole, type RolePasswords, withClient } from './roles.js';

/** Any number; two processes that start at once migrate one after the other. */
const MIGRATION_LOCK = 20_201_125;

/** Brings the database up to date as its owner, all or nothing. Answers the names of the migrations that ran. */
export async function migrate(ownerUrl: string): Promise<string[]> {
  return withClient(ownerUrl, async (lock) => {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    // TypeORM is large, and only who migrates needs it
    const { dataSource } = await import('./data-source.js');
    const source = await dataSource(ownerUrl).initialize();
    try {
      const ran = await source.runMigrations({ transaction: 'all' });
      return ran.map(({ name }) => name);
    } finally {
      await source.destroy();
    }
  });
}

/** Roles, database and tables on a server we are superuser of (the embedded one): the URLs the processes need. */
export async function prepareDatabase(
  superuserUrl: string,
  { database, passwords }: { database: string; passwords: RolePasswords },
): Promise<{ ownerUrl: string; appUrl: string; auditUrl: string | null; migrated: string[] }> {
  await ensureRoles(superuserUrl, passwords);
  await ensureDatabase(superuserUrl, database);
  const ownerUrl = databaseUrl(superuserUrl, { user: ownerRole, password: passwords.owner, database });
  const appUrl = databaseUrl(superuserUrl, { user: appRole, password: passwords.app, database });
  const { auditor } = passwords;
  const auditUrl = auditor === undefined ? null : databaseUrl(superuserUrl, { user: auditorRole, password: auditor, database });
  return { ownerUrl, appUrl, auditUrl, migrated: await migrate(ownerUrl) };
}
