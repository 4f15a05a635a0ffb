import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { entities } from './entities/index.js';
import { migrations } from './migrations.js';

/**
 * TypeORM over our tables, for migrations and administration queries. It never makes or changes a table by itself.
 * The hot path does not use it.
 */
export function dataSource(url: string, upTo: typeof migrations = migrations): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    entities,
    migrations: upTo,
    migrationsTableName: 'schema_migrations',
    synchronize: false,
    installExtensions: false,
    extra: { max: 4 },
  });
}
