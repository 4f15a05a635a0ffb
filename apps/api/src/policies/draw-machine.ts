import type { ArrowJson, MachineJson, RegionJson } from './machine-json.js';

const column = 560;
const stateHeight = 30;
const lineHeight = 20;
const gap = 40;

type Language = 'zh' | 'en';

const escaped = (text: string): string => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
const text = (x: number, y: number, content: string, style = ''): string => `<text x="${x}" y="${y}"${style}>${escaped(content)}</text>`;

/**
 * The machine as SVG: one card per region, its states as boxes, under each box the arrows that leave it (event → state, reason, clause).
 * Reads top to bottom without crossing lines, so that it can be put before the official who wrote the clause.
 */
export function drawMachine({ policy, regions }: MachineJson, language: Language): string {
  const columns: [string[], string[]] = [[], []];
  const heights: [number, number] = [90, 90];
  for (const region of regions) {
    const at = heights[0] <= heights[1] ? 0 : 1;
    const { svg, height } = drawRegion(region, language, gap + at * (column + gap), heights[at]);
    columns[at].push(svg);
    heights[at] += height + gap;
  }
  const width = 2 * column + 3 * gap;
  const height = Math.max(...heights) + gap;
  const title = `${policy.title[language]} · ${policy.version} · ${policy.jurisdiction}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    text(gap, 50, title, ' font-size="20" font-weight="bold"'),
    ...columns.flat(),
    '</svg>',
  ].join('\n');
}

function drawRegion(region: RegionJson, language: Language, x: number, y: number): { svg: string; height: number } {
  const parts: string[] = [];
  let next = y + 48;
  const everywhere = region.arrows.filter((arrow) => arrow.from === null);
  for (const arrow of everywhere) {
    parts.push(text(x + 16, next, arrowLine(region, arrow, language), ' fill="#555"'));
    next += lineHeight;
  }
  for (const state of region.states) {
    const initial = state.id === region.initial;
    parts.push(
      `<rect x="${x + 16}" y="${next}" width="200" height="${stateHeight}" rx="6" fill="${initial ? '#dbeafe' : '#f3f4f6'}" stroke="#374151"/>`,
    );
    parts.push(text(x + 26, next + 20, state.label[language]));
    next += stateHeight + 16;
    for (const arrow of region.arrows.filter((each) => each.from === state.id)) {
      parts.push(text(x + 36, next, arrowLine(region, arrow, language)));
      next += lineHeight;
    }
    next += 10;
  }
  const height = next - y + 8;
  const frame = `<rect x="${x}" y="${y}" width="${column}" height="${height}" rx="10" fill="none" stroke="#9ca3af"/>`;
  return { svg: [frame, text(x + 16, y + 26, region.label[language], ' font-size="15" font-weight="bold"'), ...parts].join('\n'), height };
}

function arrowLine(region: RegionJson, { event, to, why, cite }: ArrowJson, language: Language): string {
  const target = region.states.find((state) => state.id === to)?.label[language] ?? '';
  const clause = cite === null ? '' : ` [${cite.clause}]`;
  const line = `${event ?? '·'} → ${target || '…'}: ${why[language]}${clause}`;
  return line.length > 84 ? `${line.slice(0, 83)}…` : line;
}
