// (g) What an event costs with ten thousand, a hundred thousand (and a million) cases in the tables.

import { closedLoop, median } from './measure.mjs';
import { caseAt, copies } from './population.mjs';
import { pausing } from './single.mjs';

/** Cases told something in a run, spread over all there are. */
const TOLD = 10_000;

export async function growth(place, { rounds, seconds, sizes = [10_000, 100_000] }) {
  const template = await caseAt(place, 'started');
  const layers = [];
  const paused = new Set();
  const rows = [];
  let held = 0;
  for (const size of sizes) {
    const count = size - held;
    layers.push({ count, ids: await copies(place, template, count, `G${size}-`, TOLD) });
    held = size;
    await place.superuser.query('CHECKPOINT');
    const work = pausing(place, spread(layers, size), paused);
    const taken = [];
    for (let round = -1; round < rounds; round += 1) {
      const result = await closedLoop({ clients: 4, ms: seconds * 1000, serverPid: place.serverPid, work: work(4) });
      if (round >= 0) taken.push(result);
    }
    const of = (pick) => median(taken.map(pick));
    const [perSecond, p50, cpuMs] = [of((each) => each.perSecond), of((each) => each.p50), of((each) => each.cpuMs + each.serverCpuMs)];
    rows.push({ size, perSecond, p50, cpuMs, toFirst: cpuMs / (rows[0]?.cpuMs ?? cpuMs) });
  }
  return rows;
}

/** Of each layer as many as its share of all cases. */
const spread = (layers, size) => layers.flatMap(({ count, ids }) => ids.slice(0, Math.ceil((TOLD * count) / size)));
