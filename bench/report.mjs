// Results as tables, each figure beside its aim. A miss is written as a miss.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, cpus, loadavg, release, totalmem } from 'node:os';

const require = createRequire(import.meta.url);
const digits = (value, places = 2) => (Number.isFinite(value) ? value.toFixed(places) : '–');
const table = (head, rows) => [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const met = (reached, aim) => (reached ? `met (${aim})` : `**missed** (${aim})`);
const versionOf = (name) => JSON.parse(readFileSync(require.resolve(`${name}/package.json`), 'utf8')).version;

const sections = {
  single: (rows) => [
    '## One event at a time',
    `Beside ${rows[0].peer === 'pgbench' ? 'pgbench' : 'a bare loop of the driver (there is no pgbench here)'} sending an event of six statements (begin, lock, update, two inserts, commit) on bare tables of the same server.`,
    table(
      ['clients', 'events/s', `${rows[0].peer}/s`, 'ratio', 'p50 ms', 'p99 ms', `${rows[0].peer} p50`, 'p50 ratio', 'CPU ms node + server'],
      rows.map((row) => [
        row.clients,
        digits(row.perSecond, 0),
        digits(row.peerPerSecond, 0),
        digits(row.ratio),
        digits(row.p50),
        digits(row.p99),
        digits(row.peerP50),
        digits(row.slower),
        `${digits(row.cpuMs)} + ${digits(row.serverCpuMs)}`,
      ]),
    ),
    ...rows.filter(({ clients }) => clients === 8).map(({ ratio }) => `Aim at 8 clients: ${met(ratio >= 0.5, 'ratio ≥ 0.50')}.`),
    ...rows
      .filter(({ clients, peer }) => peer === 'pgbench' && clients === 1)
      .map(({ slower }) => `Aim unloaded: ${met(slower <= 1.5, 'p50 ≤ 1.5 ×')}.`),
    `The very same statements: what the door sent in each round (${rows[0].trips} statements, one round trip each side of the plus), sent again by a bare loop of the driver to a copy of the database as it was before, as the application’s role, with row security, triggers and foreign keys. It decides nothing: what it costs is the server and the driver.`,
    table(
      [
        'clients',
        'events/s',
        'events a transaction',
        `to ${rows[0].peer}`,
        'p50 ms a transaction',
        'p99 ms',
        'CPU ms node + server',
        'the door to it',
      ],
      rows.map(({ clients, replay }) => [
        clients,
        digits(replay.perSecond, 0),
        digits(replay.each, 1),
        digits(replay.toPeer),
        digits(replay.p50),
        digits(replay.p99),
        `${digits(replay.cpuMs)} + ${digits(replay.serverCpuMs)}`,
        digits(replay.ratio),
      ]),
    ),
  ],
  bulk: (rows) => [
    '## Many events in one transaction',
    'Durable, row security, hash chain and idempotency on; beside a naive loop that calls XState per case and writes by UNNEST on bare tables. Two transactions under way at once in both.',
    table(
      ['cases', 'events/s', 'naive/s', 'ratio', 'commit p50 ms', 'p99 ms', 'CPU µs node + server', 'naive CPU µs'],
      rows.map((row) => [
        row.size,
        digits(row.perSecond, 0),
        digits(row.naivePerSecond, 0),
        digits(row.ratio),
        digits(row.p50, 0),
        digits(row.p99, 0),
        `${digits(row.cpuUs, 0)} + ${digits(row.serverCpuUs, 0)}`,
        `${digits(row.naiveCpuUs, 0)} + ${digits(row.naiveServerCpuUs, 0)}`,
      ]),
    ),
    `First aim: ${met(
      rows.every(({ ratio }) => ratio >= 0.8),
      'ratio ≥ 0.8',
    )}; target: ${met(
      rows.some(({ ratio }) => ratio >= 3),
      'ratio ≥ 3',
    )}.`,
  ],
  lifecycles: (rows) => [
    '## Like-for-like lives',
    'Eight events and three payments of one INSERT each. BullMQ runs the bare event transaction for each event; DBOS writes its own journal only.',
    table(
      ['engine', 'lives/s', 'p50 ms', 'CPU ms a life', 'to BullMQ', 'to DBOS'],
      rows.map((row) => [
        row.name,
        digits(row.perSecond, 1),
        digits(row.p50, 0),
        digits(row.cpuMs, 1),
        digits(row.toBullmq),
        digits(row.toDbos),
      ]),
    ),
    ...(rows.length > 2
      ? [
          `Aims, sent one by one: ${met(rows[0].toBullmq >= 2.5, 'BullMQ ≥ 2.5 ×')}, ${met(rows[0].toDbos >= 5, 'DBOS ≥ 5 ×')}; in bulk: ${met(rows[1].toBullmq >= 5, 'BullMQ ≥ 5 ×')}, ${met(rows[1].toDbos >= 10, 'DBOS ≥ 10 ×')}.`,
        ]
      : ['The peers were not asked (`--peers`).']),
  ],
  product: (row) => [
    '## The product’s own life of a case',
    'From application to the third tranche: batches, two signatures, a bank over HTTP, public notice.',
    table(
      ['cases', 'lives/s', 'CPU ms a life', 'WAL kB a life', 'transactions a life', 'events a life'],
      [
        [
          row.cases,
          digits(row.perSecond, 1),
          digits(row.cpuMs, 1),
          digits(row.walKb, 0),
          digits(row.transactions, 1),
          digits(row.events, 1),
        ],
      ],
    ),
  ],
  deadlines: (row) => [
    `## ${row.count.toLocaleString('en')} deadlines due within one second`,
    'Lateness of being taken up; a sweep tells the cases at the same time, each event with everything on. The peer’s handler only looks at the clock.',
    table(
      ['', 'p50 ms', 'p99 ms', 'max ms', 'all told after ms'],
      [
        ['Tranche', digits(row.p50, 0), digits(row.p99, 0), digits(row.max, 0), digits(row.appliedMs, 0)],
        ...(row.peer ? [[row.peer, digits(row.peerP50, 0), digits(row.peerP99, 0), '', 'nothing is told']] : []),
      ],
    ),
    `Aims: ${met(row.p99 <= 100, 'p99 ≤ 100 ms')}${row.peer ? `, ${met(row.ratio <= 1 / 3, 'p99 ≤ ⅓ of the peer’s')}` : ''}, ${met(row.appliedMs <= 3_000, 'all told within 3 s')}.`,
  ],
  read: (row) => [
    '## GET of a case by its id',
    'Signed in, validated, under row security, with tranches, deadlines and allowed events; beside Fastify with one SELECT by primary key.',
    table(
      ['', 'requests/s', 'p50 ms'],
      [
        ['Tranche', digits(row.perSecond, 0), digits(row.p50)],
        ['Tranche, each page for the first time', digits(row.firstPerSecond, 0), ''],
        ['bare Fastify', digits(row.barePerSecond, 0), digits(row.bareP50)],
      ],
    ),
    `Aim: ${met(row.ratio >= 0.85, 'ratio ≥ 0.85')} with ${digits(row.ratio)}.`,
    table(
      ['process', 'at rest MB', 'peak MB'],
      Object.entries(row.memory).flatMap(([name, held]) => (held ? [[name, digits(held.rest, 0), digits(held.peak, 0)]] : [])),
    ),
    ...(row.memory.worker
      ? [`Aim: ${met(row.memory.worker.peak <= 256, 'worker ≤ 256 MB')}; it worked through an outbox of two thousand payments.`]
      : []),
  ],
  lists: ({ rows, lists }) => [
    `## Lists over ${rows.toLocaleString('en')} rows`,
    'Every page of each list asked in turn over HTTP, signed in, fifty rows a page; milliseconds of the server as it tells them itself.',
    table(
      ['who', 'list', 'rows', 'pages', 'first', 'middle', 'last', 'median', 'worst'],
      lists.map((row) =>
        row.refused
          ? [row.role, row.path, row.refused, '', '', '', '', '', '']
          : [
              row.role,
              row.path,
              row.items,
              row.pages,
              ...[row.first, row.middle, row.last, row.median, row.worst].map((ms) => digits(ms, 0)),
            ],
      ),
    ),
    `Aim: ${met(
      lists.filter(({ path }) => !path.startsWith('reports/') || path.includes('?')).every(({ median }) => median <= 100),
      'half of the pages of every list within 100 ms of the server',
    )}. The last rows are figures of everything, one answer each: they grow with it.`,
  ],
  screens: ({ rows, pages, screens }) => [
    `## The same lists on the screen, ${rows.toLocaleString('en')} rows behind them`,
    `Chromium, as the supervisor of all districts: from the click in the menu to painted rows, from the click on “more” to rows that are there (up to ${pages} pages), then a scroll through what is held, in some three hundred steps. A long task keeps the page from answering for more than 50 ms.`,
    table(
      [
        'list',
        'rows held',
        'opened ms',
        'one page more ms',
        'worst',
        'long tasks',
        'longest ms',
        'frames scrolled',
        'above 50 ms',
        'slowest ms',
      ],
      screens.map(({ name, rows: held, opened, more, worst, longTasks, longest, frames, slowFrames, slowest }) => [
        name,
        held,
        digits(opened, 0),
        more === null ? '' : digits(more, 0),
        worst === null ? '' : digits(worst, 0),
        longTasks,
        digits(longest, 0),
        frames,
        slowFrames,
        digits(slowest, 0),
      ]),
    ),
    `Aims: ${met(
      screens.every(({ more }) => more === null || more <= 300),
      'half of the further pages there within 300 ms of the click',
    )}, ${met(
      screens.every(({ frames, slowFrames }) => slowFrames <= frames / 20),
      'nineteen of twenty frames of a scroll within 50 ms',
    )}.`,
  ],
  rules: ({ rows, matchMs, matched }) => [
    '## Rules',
    'Everything a version says about one set of facts (rules, amounts, conditions, counts, exclusion keys), evaluated anew each time, on one core; the facts are those of the worked examples.',
    table(
      ['policy', 'place', 'expressions', 'stamps/s', 'rule evaluations/s'],
      rows.map(({ id, jurisdiction, expressions, perSecond, evaluations }) => [
        id,
        jurisdiction,
        expressions,
        digits(perSecond, 0),
        digits(evaluations, 0),
      ]),
    ),
    `“Which of the ${matched} policies fit?” takes ${digits(matchMs, 1)} ms. Aim: ${met(matchMs <= 10, '≤ 10 ms')}.`,
  ],
  run: (row) => [
    `## A run without application: ${row.firms.toLocaleString('en')} firms`,
    `An extract of ${digits(row.megabytes, 0)} MB stored line by line, every line judged by the policy’s own rules, listed, approved under three persons’ eyes; one case opened for each of ${row.cases.toLocaleString('en')} firms: five sealed events, three duties, claim, deadline, registered firm and approved account each.`,
    table(
      ['phase', 'seconds', 'CPU s node + server', 'peak MB of node', 'log MB', 'µs a line or case'],
      [...row.phases, together(row.phases)].map(({ name, wallMs, cpuMs, serverCpuMs, peakMb, walMb }) => [
        name,
        digits(wallMs / 1000, 1),
        `${digits(cpuMs / 1000, 1)} + ${digits(serverCpuMs / 1000, 1)}`,
        digits(peakMb, 0),
        digits(walMb, 0),
        digits((wallMs * 1000) / (name === 'opened' ? row.cases : row.firms), 0),
      ]),
    ),
  ],
  receipts: (row) => [
    `## A bank statement of ${row.lines.toLocaleString('en')} lines`,
    `A camt.053.001.08 file of ${digits(row.megabytes, 0)} MB kept compressed, held to its schema whole, every line written down once and matched by end-to-end id to a transfer the bank had answered to; ${row.strays.toLocaleString('en')} credits nobody can explain go to the worklist and into the books as unidentified receipts.`,
    table(
      ['phase', 'seconds', 'CPU s node + server', 'peak MB of node', 'log MB', 'µs a line'],
      row.phases.map(({ name, wallMs, cpuMs, serverCpuMs, peakMb, walMb }) => [
        name,
        digits(wallMs / 1000, 1),
        `${digits(cpuMs / 1000, 1)} + ${digits(serverCpuMs / 1000, 1)}`,
        digits(peakMb, 0),
        digits(walMb, 0),
        digits((wallMs * 1000) / row.lines, 0),
      ]),
    ),
  ],
  render: ({ transfers, rows, streamed, peakMb }) => [
    `## ${transfers.toLocaleString('en')} transfers rendered`,
    'Every line checked and written, files of ten thousand lines with their sums and hashes.',
    table(
      ['format', 'files', 'MB', 'seconds', 'µs a transfer'],
      rows.map(({ format, files, megabytes, ms }) => [
        format,
        files,
        digits(megabytes, 1),
        digits(ms / 1000),
        digits((ms * 1000) / transfers, 1),
      ]),
    ),
    'One file of all of them, written to disk piece by piece (lines made as they are written, hash and sum on the way):',
    table(
      ['format', 'MB', 'seconds', 'µs a transfer', 'MB of node above what it held before'],
      streamed.map(({ format, megabytes, ms, heldMb }) => [
        format,
        digits(megabytes, 1),
        digits(ms / 1000),
        digits((ms * 1000) / transfers, 1),
        digits(heldMb, 0),
      ]),
    ),
    `At its peak node held ${digits(peakMb, 0)} MB: an order of so many lines stands in it when files are rendered whole.`,
  ],
  signing: ({ lines, phases }) => [
    `## A batch of ${lines.toLocaleString('en')} lines`,
    'Collected by the maker, submitted (content hash over every line), signed: each signature is compared with the content line by line.',
    table(
      ['step', 'seconds', 'CPU s node + server', 'log MB', 'µs a line'],
      phases.map(({ name, wallMs, cpuMs, serverCpuMs, walMb }) => [
        name,
        digits(wallMs / 1000),
        `${digits(cpuMs / 1000)} + ${digits(serverCpuMs / 1000)}`,
        digits(walMb, 0),
        digits((wallMs * 1000) / lines, 0),
      ]),
    ),
  ],
  postings: (rows) => [
    '## Postings in bulk',
    'Settlements as the ledger makes them (two postings, one in each book), written as the application’s role with row security, foreign keys, the check of every balance at commit and the guarded balances; beside the floor: the very same statements on tables that have a primary key and nothing else. Two transactions under way at once in both.',
    table(
      ['settlements a transaction', 'postings/s', 'floor/s', 'ratio', 'CPU µs a posting node + server', 'floor CPU µs'],
      rows.map((row) => [
        row.size,
        digits(row.perSecond, 0),
        digits(row.floorPerSecond, 0),
        digits(row.ratio),
        `${digits(row.cpuUs, 0)} + ${digits(row.serverCpuUs, 0)}`,
        `${digits(row.floorCpuUs, 0)} + ${digits(row.floorServerCpuUs, 0)}`,
      ]),
    ),
  ],
  'month-end': (row) => [
    `## A month-end: ${row.payments.toLocaleString('en')} payments in ${row.batches} batches over three rails`,
    `Half over HTTP, a quarter each in ISO 20022 files and 代发 lists; ${row.proof.unanswered} answers lost and found by asking, one worker killed with answers in its hands, one in a hundred payments returned, every page of the statement brought twice.`,
    table(
      ['phase', 'seconds', 'CPU s node + server', 'peak MB of node', 'log MB', 'µs a payment'],
      row.phases.map(({ name, wallMs, cpuMs, serverCpuMs, peakMb, walMb }) => [
        name,
        digits(wallMs / 1000, 1),
        `${digits(cpuMs / 1000, 1)} + ${digits(serverCpuMs / 1000, 1)}`,
        digits(peakMb, 0),
        digits(walMb, 0),
        digits((wallMs * 1000) / row.payments, 0),
      ]),
    ),
    'The proof (fen, or a number of rows; it throws where two sides differ):',
    table(['what', 'one side', 'the other'], row.proof.claims),
    aimOfMonthEnd(row),
  ],
  growth: (rows) => [
    '## Cost of an event as cases grow in number',
    table(
      ['cases', 'events/s', 'p50 ms', 'CPU ms an event', 'to the first'],
      rows.map((row) => [row.size.toLocaleString('en'), digits(row.perSecond, 0), digits(row.p50), digits(row.cpuMs), digits(row.toFirst)]),
    ),
    `Aim: ${met(
      rows.every(({ toFirst }) => toFirst <= 1.2),
      'flat within 20 %',
    )}.`,
  ],
};

/** From due to settled: everything but the proofs. */
function aimOfMonthEnd({ payments, phases }) {
  const paying = phases.filter(({ name }) => name !== 'proof' && name !== 'nightly proof');
  const total = (pick) => paying.reduce((sum, each) => sum + pick(each), 0) / 1000;
  const [wall, cpu] = [total(({ wallMs }) => wallMs), total(({ cpuMs, serverCpuMs }) => cpuMs + serverCpuMs)];
  const scaled = (wall * 100_000) / payments;
  const aim = met(scaled < 180, '100,000 from due to settled under 3 minutes');
  return `From due to settled: ${digits(wall, 1)} s, ${digits(cpu, 1)} s of CPU (node and server, without the bank); at this pace 100,000 take ${digits(scaled, 0)} s, with two cores of its own at least ${digits((cpu * 50_000) / payments, 0)} s. Aim: ${aim}.`;
}

/** Names of the benches in the order of the page. */
export const sectionOrder = Object.keys(sections);

const loads = () =>
  loadavg()
    .map((each) => each.toFixed(1))
    .join(', ');

/** Where and with what the last run was made: the head of the page. */
export function headOf({ serverVersion }) {
  const [{ model }] = cpus();
  const versions = ['xstate', 'pg', 'bullmq', '@nestjs/core'].map((name) => `${name} ${versionOf(name)}`).join(', ');
  return [
    '# Benchmark',
    `${cpus().length} × ${model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()} ${arch()}; Node ${process.version}, Postgres ${serverVersion || 'embedded'} (embedded, fsync on, synchronous commit), ${versions}.`,
    `Each section says with which command, when and at which load average (1, 5, 15 minutes at its end) it was measured; a run replaces the sections it measures and no others. Driver and server share the cores: above a load of about ${cpus().length + 2} somebody else was working too, and figures and ratios suffer. Medians of rounds in which peer and product alternate.`,
  ].join('\n\n');
}

/** One bench as a section of the page. */
export function sectionOf(name, result, { command }) {
  const [title, ...rest] = sections[name](result);
  return [title, `\`${command}\`, ${new Date().toISOString().slice(0, 10)}, load average ${loads()}.`, ...rest].join('\n\n');
}

/** The figures a later run is held to: higher is better in all. */
export function ratiosOf({ single, bulk, deadlines }) {
  const at8 = single?.find(({ clients }) => clients === 8);
  const at500 = bulk?.find(({ size }) => size === 500);
  const ratios = {
    single: at8?.ratio,
    replay: at8?.replay.ratio,
    bulk: at500?.ratio,
    deadlines: deadlines?.peer ? 1 / deadlines.ratio : undefined,
  };
  return Object.fromEntries(Object.entries(ratios).filter(([, ratio]) => Number.isFinite(ratio)));
}

/** All phases of a run as one row. */
function together(phases) {
  const sum = (of) => phases.reduce((total, phase) => total + phase[of], 0);
  return {
    name: 'all',
    wallMs: sum('wallMs'),
    cpuMs: sum('cpuMs'),
    serverCpuMs: sum('serverCpuMs'),
    peakMb: Math.max(...phases.map(({ peakMb }) => peakMb)),
    walMb: sum('walMb'),
  };
}
