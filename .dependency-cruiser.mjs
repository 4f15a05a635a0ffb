// Imports only point left: money, calendar, identifiers ← policies, ledger ← machines ← checker, database, bank ← casework ← api, worker, cli.
// Each rule says why it exists; tests feed each of them a violation (test/architecture/arrows.test.ts).

const PURE = ['money', 'calendar', 'identifiers', 'policies', 'ledger', 'machines', 'checker'];
/** What the running system stands on; the checker looks at machines from outside and nothing that runs needs it. */
const FOUNDATION = PURE.filter((name) => name !== 'checker');
const GROUND = ['money', 'calendar', 'identifiers'];

/** Library → the libraries it may import. */
const ARROWS = {
  money: [],
  calendar: [],
  identifiers: [],
  policies: GROUND,
  ledger: GROUND,
  machines: [...GROUND, 'policies', 'ledger'],
  checker: ['money', 'calendar', 'policies', 'ledger', 'machines'],
  database: FOUNDATION,
  bank: FOUNDATION,
  casework: [...FOUNDATION, 'database', 'bank'],
};

/** The few packages a pure library may use: they compute, and neither read nor write anything. */
const PURE_PACKAGES = ['xstate', 'zod', 'canonicalize', '@marcbachmann/cel-js'];

const either = (names) => `(?:${names.join('|')})`;
const pure = `^libs/${either(PURE)}/src/`;

const arrow = ([from, allowed]) => ({
  name: `arrow-from-${from}`,
  comment: `libs/${from} may import ${allowed.length === 0 ? 'no other library' : allowed.join(', ')}: imports only point left, so that each layer can be read and tested without the next.`,
  severity: 'error',
  from: { path: `^libs/${from}/src/` },
  to: { path: '^(libs|apps)/', pathNot: `^libs/${either([from, ...allowed])}/` },
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...Object.entries(ARROWS).map(arrow),
    {
      name: 'pure-core-no-io',
      comment: 'Left of database there is no input or output: a decision is a value that a later layer carries out. Hashing is arithmetic.',
      severity: 'error',
      from: { path: pure },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'pure-core-few-packages',
      comment: `Left of database only ${PURE_PACKAGES.join(', ')}: no framework, database, queue or network client decides who is paid.`,
      severity: 'error',
      from: { path: pure },
      to: { path: 'node_modules/', pathNot: `node_modules/${either(PURE_PACKAGES)}/` },
    },
    {
      name: 'database-owns-sql',
      comment: 'libs/database is the only home of typeorm and pg: every statement is found in one place, and money tables have one writer.',
      severity: 'error',
      from: { path: '^(libs|apps)/[^/]+/src/', pathNot: '^libs/database/' },
      to: { path: 'node_modules/(?:typeorm|pg|pg-[^/]+|@nestjs/typeorm)/' },
    },
    {
      name: 'frameworks-in-apps',
      comment: 'Nest, BullMQ and Redis live in apps: the use-cases in libs are plain classes that run without them.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: 'node_modules/(?:@nestjs|@fastify|fastify|bullmq|ioredis|commander)/' },
    },
    {
      name: 'apps-apart',
      comment: 'Apps are processes: they talk over HTTP, the database and the queue, never by importing each other.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'simulator-stands-alone',
      comment: 'The bank simulator is somebody else’s bank: it must not share one line of behaviour with the system it tests.',
      severity: 'error',
      from: { path: '^apps/bank-simulator/src/' },
      to: { path: '^libs/' },
    },
    {
      name: 'not-to-tests',
      comment: 'Running code never depends on test code.',
      severity: 'error',
      from: { path: '^(libs|apps)/[^/]+/src/' },
      to: { path: '(^test/|/test/.*\\.ts$)', pathNot: 'node_modules' },
    },
    {
      name: 'resolvable',
      comment: 'An import that does not resolve breaks at run time.',
      severity: 'error',
      from: { path: '^(libs|apps)/[^/]+/src/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // swc is asked without JSX here; what the portals may import is held by test/architecture/rules.ts
    exclude: { path: '/dist/|^apps/web/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs'],
    },
    parser: 'swc',
  },
};
