import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { dataSource } from '../src/data-source.js';

describe('entities and migrations', () => {
  let database: TestDatabase;
  let source: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    source = await dataSource(database.ownerUrl).initialize();
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  it('describe the same tables, columns, types, nullability and primary keys', async () => {
    const inDatabase: { line: string }[] = await source.query(`
      SELECT format('%s.%s %s%s%s', c.table_name, c.column_name,
               c.data_type,
               CASE c.is_nullable WHEN 'YES' THEN ' null' ELSE '' END,
               CASE WHEN k.column_name IS NULL THEN '' ELSE ' key' END) AS line
        FROM information_schema.columns c
        LEFT JOIN (information_schema.table_constraints t JOIN information_schema.key_column_usage k
                   ON k.constraint_name = t.constraint_name AND k.table_name = t.table_name AND t.constraint_type = 'PRIMARY KEY')
               ON k.table_name = c.table_name AND k.column_name = c.column_name
       WHERE c.table_schema = 'public' AND c.table_name <> 'schema_migrations'`);
    const inEntities = source.entityMetadatas.flatMap((entity) =>
      entity.columns.map(
        (column) =>
          `${entity.tableName}.${column.databaseName} ${column.isArray ? 'ARRAY' : source.driver.normalizeType(column)}${column.isNullable ? ' null' : ''}${column.isPrimary ? ' key' : ''}`,
      ),
    );
    expect(inEntities.sort()).toEqual(inDatabase.map(({ line }) => line).sort());
    expect(inEntities.length).toBeGreaterThan(300);
  });

  it('leave nothing to migrate', async () => {
    expect(await source.showMigrations()).toBe(false);
  });
});
