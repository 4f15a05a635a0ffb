// docker-compose.yml cannot be run by the tests; what can be checked is: it is valid YAML, complete, and tells each program only what it reads.

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../../apps/api/src/config.js';
import { migrateConfig } from '../../apps/cli/src/migrate/config.js';
import { readConfig as readWorkerConfig } from '../../apps/worker/src/config.js';

const ROOT = join(__dirname, '..', '..');

type Service = {
  image?: string;
  build?: string;
  command?: string[];
  environment?: Record<string, string>;
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
  secrets?: string[];
  read_only?: boolean;
};
type Compose = { services: Record<string, Service>; volumes: Record<string, null>; secrets: Record<string, { file: string }> };

/** The YAML reader that @nestjs/swagger brings along. */
const yaml = createRequire(require.resolve('@nestjs/swagger'))('js-yaml') as { load(text: string, options?: unknown): unknown };

/** `<<` of YAML 1.1, which compose understands. */
function merged(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(merged);
  if (typeof node !== 'object' || node === null) return node;
  const { '<<': base, ...own } = node as Record<string, unknown>;
  const entries = { ...(base as Record<string, unknown> | undefined), ...own };
  return Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, merged(value)]));
}

const compose = merged(yaml.load(readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8'))) as Compose;
const { services } = compose;

/** The environment a container would see, with a value for every variable that must be set. */
function environment(service: string): Record<string, string> {
  const fill = (text: string) =>
    text.replace(/\$\{(\w+)(?::\?[^}]*|:-([^}]*))?\}/g, (_all, _name, fallback?: string) => fallback ?? 'secret-value');
  return Object.fromEntries(Object.entries(services[service]?.environment ?? {}).map(([name, value]) => [name, fill(value)]));
}

describe('docker-compose.yml', () => {
  it('has the services of the production shape', () => {
    expect(Object.keys(services).sort()).toEqual(['api', 'bank-simulator', 'migrate', 'postgres', 'redis', 'worker']);
    expect(services['postgres']?.image).toMatch(/^postgres:18/);
    expect(services['redis']?.image).toMatch(/^redis:7/);
    expect(services['redis']?.command?.join(' ')).toMatch(/--appendonly yes/);
  });

  it.each(['migrate', 'api', 'worker', 'bank-simulator'])('%s runs a program of this repository, read-only', (name) => {
    const [node, program] = services[name]?.command ?? [];
    expect(node).toBe('node');
    const source = program?.replace(/^dist\/(.*)\.js$/, 'apps/$1/src/main.ts') ?? '';
    expect(existsSync(join(ROOT, source))).toBe(true);
    expect(services[name]?.read_only).toBe(true);
  });

  it('starts nothing on a database that is not migrated', () => {
    for (const name of ['api', 'worker']) expect(services[name]?.depends_on?.['migrate']?.condition).toBe('service_completed_successfully');
  });

  it('watches the health of every server', () => {
    for (const name of ['postgres', 'redis', 'api']) expect(services[name]?.healthcheck?.test.length).toBeGreaterThan(1);
  });

  it('gives the api an environment that it accepts, and nothing of a sandbox', () => {
    expect(readConfig(environment('api'))).toMatchObject({ port: 3000, host: '0.0.0.0', sandbox: false });
  });

  it('gives the worker an environment that it accepts', () => {
    expect(readWorkerConfig(environment('worker'))).toMatchObject({
      queueUrl: 'redis://:secret-value@redis:6379',
      bankUrl: 'http://bank-simulator:8080',
    });
  });

  it('gives the migration an environment that it accepts', () => {
    expect(migrateConfig(environment('migrate'))).toMatchObject({
      ADMIN_DATABASE_URL: 'postgres://postgres:secret-value@postgres:5432/postgres',
    });
  });

  it('keeps the owner’s and the superuser’s passwords away from api, worker and bank', () => {
    for (const name of ['api', 'worker', 'bank-simulator']) {
      const text = JSON.stringify(services[name]);
      expect(text).not.toMatch(/OWNER|ADMIN|POSTGRES_PASSWORD/);
    }
  });

  it('contains no secret', () => {
    const passwords = JSON.stringify(services).match(/(?:PASSWORD|:)[^"]*:\/\/[^:]*:([^@]+)@/g) ?? [];
    expect(passwords.every((match) => match.includes('${'))).toBe(true);
    expect(compose.secrets['tranche_keys']?.file).toBe('./secrets/tranche-keys.json');
    expect(readFileSync(join(ROOT, '.gitignore'), 'utf8')).toMatch(/^\/secrets\/$/m);
  });
});

describe('Dockerfile', () => {
  const text = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');

  it('builds in one stage and runs in another, without development packages, as an ordinary user', () => {
    expect(text.match(/^FROM node:20-bookworm-slim/gm)).toHaveLength(2);
    expect(text).toMatch(/npm prune --omit=dev/);
    expect(text.lastIndexOf('\nUSER node')).toBeGreaterThan(text.lastIndexOf('\nFROM '));
  });

  it('copies only what exists', () => {
    for (const [, path] of text.matchAll(/COPY --from=build \/app\/(\S+)/g)) {
      if (path !== 'node_modules') expect(existsSync(join(ROOT, path as string))).toBe(true);
    }
  });
});
