import type { Text } from '@tranche/policies';
import { type ArrowRow, ground, type RegionRows, regionRows } from './arrow-rows.js';
import type { CaseMachine } from './case-machine.js';
import { text } from './region.js';

type Language = keyof Text;

const BY_ITSELF = text('自动', 'by itself');
const EVENT_WIDTH = 190;
const COLUMN = 118;
const BOX = { width: 110, height: 36 };
const LINE = 24;
const MARGIN = 24;
const HEAD = { title: 34, boxes: 54 };
const MEANING_WIDTH = 860;

const escaped = (words: string): string => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const label = (x: number, y: number, words: string, style: string): string =>
  `<text x="${x}" y="${y}" class="${style}">${escaped(words)}</text>`;
const columnX = (index: number): number => MARGIN + EVENT_WIDTH + index * COLUMN + COLUMN / 2;

/**
 * The machine as a picture (SVG): a block per region, its states as columns, one line per arrow with its event, reason and clause,
 * so that it can be put before the official who wrote the clause. Lines and text only. Deterministic.
 */
export function picture(machine: CaseMachine, language: Language = 'zh'): string {
  const { policy } = machine;
  const regions = regionRows(machine);
  const columns = Math.max(...regions.map(({ states }) => states.length));
  const width = MARGIN * 2 + EVENT_WIDTH + columns * COLUMN + MEANING_WIDTH;
  const heights = regions.map(({ arrows }) => HEAD.title + HEAD.boxes + arrows.length * LINE + 20);
  const tops = heights.map((_, index) => 84 + heights.slice(0, index).reduce((sum, height) => sum + height, 0));
  const height = 84 + heights.reduce((sum, each) => sum + each, 0) + MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(`${policy.title[language]} ${policy.jurisdiction} ${policy.version}`)}</title>`,
    STYLE,
    ARROWHEAD,
    `<rect width="${width}" height="${height}" class="page"/>`,
    label(MARGIN, 38, policy.title[language], 'title'),
    label(MARGIN, 62, `${policy.cite.doc} ${policy.cite.clause}　${policy.jurisdiction}　${policy.version}`, 'small'),
    ...regions.map((region, index) => block(region, tops[index] ?? 0, columns, language)),
    '</svg>',
  ].join('\n');
}

function block(region: RegionRows, top: number, columns: number, language: Language): string {
  const boxes = top + HEAD.title;
  const first = boxes + HEAD.boxes;
  const bottom = first + region.arrows.length * LINE;
  const meaningX = MARGIN + EVENT_WIDTH + columns * COLUMN + 8;
  return [
    `<g id="${region.id}">`,
    label(MARGIN, top + 20, region.label[language], 'region'),
    ...region.states.map(({ id, label: words }, index) => stateBox(words[language], id === region.initial, columnX(index), boxes, bottom)),
    ...region.arrows.map((arrow, index) => arrowLine(arrow, region, first + index * LINE, meaningX, language)),
    '</g>',
  ].join('\n');
}

/** A state: its box, and the thin line below it that arrows start from and end on. The initial state has a thick border. */
function stateBox(words: string, initial: boolean, x: number, y: number, bottom: number): string {
  return [
    `<line x1="${x}" y1="${y + BOX.height}" x2="${x}" y2="${bottom}" class="life"/>`,
    `<rect x="${x - BOX.width / 2}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="5" class="${initial ? 'state initial' : 'state'}"/>`,
    ...nameLines(words).map((line, at, { length }) => label(x, y + 22 + at * 14 - (length - 1) * 7, line, 'name')),
  ].join('');
}

/** Half-width units of a name that fit into a box. */
const NAME_UNITS = 17;
const unitsOf = (words: string): number => [...words].reduce((sum, char) => sum + (char > '\u2e7f' ? 2 : 1), 0);

/** A name in as many lines as its box needs: English breaks between words, Chinese anywhere. */
function nameLines(words: string): readonly string[] {
  const lines = [''];
  for (const piece of words.includes(' ') ? words.split(/(?<= )/) : [...words]) {
    const last = lines.at(-1) ?? '';
    if (unitsOf((last + piece).trimEnd()) <= NAME_UNITS) lines[lines.length - 1] = last + piece;
    else lines.push(piece);
  }
  return lines.filter((line) => line !== '').map((line) => line.trimEnd());
}

function arrowLine(arrow: ArrowRow, region: RegionRows, y: number, meaningX: number, language: Language): string {
  const words = `${arrow.why[language]}　〔${ground(arrow.cite)[language]}〕`;
  const stripe = `<line x1="${MARGIN}" y1="${y + 16}" x2="${meaningX + MEANING_WIDTH - 16}" y2="${y + 16}" class="stripe"/>`;
  return [
    stripe,
    label(MARGIN, y + 11, (arrow.event?.label ?? BY_ITSELF)[language], arrow.event ? 'event' : 'auto'),
    stroke(arrow, region, y + 7),
    label(meaningX, y + 11, words, 'why'),
  ].join('');
}

/** From the source's line to the target's; a dot where the state stays; dashed across all states where any state hears it. */
function stroke({ from, to }: ArrowRow, { states }: RegionRows, y: number): string {
  const at = (id: string): number => columnX(states.findIndex((state) => state.id === id));
  if (from === null) return anywhere(to === null ? null : at(to.id), states.length, y);
  const start = at(from.id);
  if (to === null || to.id === from.id) return dot(start, y);
  const end = at(to.id);
  return `${dot(start, y, 'start')}<line x1="${start}" y1="${y}" x2="${end - Math.sign(end - start) * 2}" y2="${y}" class="move" marker-end="url(#head)"/>`;
}

function anywhere(target: number | null, count: number, y: number): string {
  const span = `<line x1="${columnX(0)}" y1="${y}" x2="${columnX(count - 1)}" y2="${y}" class="any"/>`;
  if (target === null) return span;
  return `${span}<path d="M ${target - 7} ${y - 5} L ${target - 1} ${y} L ${target - 7} ${y + 5} z" class="tip"/>`;
}

const dot = (x: number, y: number, style = 'stay'): string =>
  `<circle cx="${x}" cy="${y}" r="${style === 'stay' ? 4 : 2.5}" class="${style}"/>`;

const ARROWHEAD =
  '<defs><marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M 0 0 L 8 4 L 0 8 z" class="tip"/></marker></defs>';
const STYLE = `<style>
text { font-family: "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif; fill: #1d2733; font-size: 12px; }
.page { fill: #ffffff; } .title { font-size: 22px; font-weight: 700; } .small { font-size: 13px; fill: #56616e; }
.region { font-size: 16px; font-weight: 700; } .name { text-anchor: middle; } .event { font-weight: 600; } .auto { fill: #7a8590; }
.state { fill: #eef4fa; stroke: #3b6ea5; } .initial { stroke-width: 2.5; } .life { stroke: #c7d3df; } .stripe { stroke: #f0f2f5; }
.move { stroke: #1f4e79; stroke-width: 1.4; } .any { stroke: #1f4e79; stroke-dasharray: 4 3; } .tip, .start { fill: #1f4e79; }
.stay { fill: #ffffff; stroke: #1f4e79; stroke-width: 1.4; } .why { fill: #333d48; }
</style>`;
