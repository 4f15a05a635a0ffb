import { Segmented } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { yuan } from '../pieces/fen.js';
import { placeName } from '../pieces/places.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import type { DistrictRow } from './figures.js';
import { cityItself, type Measure, shadesOf, tiles } from './tiles.js';

const measures: Readonly<Record<Measure, Text>> = {
  inTime: { zh: '按期支付率', en: 'In time' },
  breaches: { zh: '确认逾期', en: 'Broken limits' },
  advances: { zh: '预拨未核销', en: 'Advances' },
  forecast: { zh: '90 天内需支付', en: 'Within 90 days' },
};

/** What a tile says; a district of which no report speaks says so. */
function said(row: DistrictRow | undefined, measure: Measure): Text {
  const nothing = { zh: '无数据', en: 'no data' };
  if (row === undefined) return nothing;
  const figure = {
    inTime: row.keptPercent === null ? null : `${row.keptPercent}%`,
    breaches: String(row.broken),
    advances: `¥${yuan(row.advancesFen)}`,
    forecast: `¥${yuan(row.forecastFen)}`,
  }[measure];
  return figure === null ? nothing : { zh: figure, en: figure };
}

/**
 * The districts of the city where they lie to each other, one tile each. Schematic: no outline, no scale, no area. Every tile is a way into
 * its district, and says its figure in words beside its shade.
 */
export function DistrictMap({ rows }: { readonly rows: readonly DistrictRow[] }) {
  const { say } = useLanguage();
  const [measure, setMeasure] = useState<Measure>('inTime');
  const shades = shadesOf(rows, measure);
  return (
    <>
      <Segmented<Measure>
        className="tile-measures"
        aria-label={say({ zh: '地图显示的指标', en: 'What the map shows' })}
        value={measure}
        onChange={setMeasure}
        options={(Object.keys(measures) as Measure[]).map((value) => ({ value, label: say(measures[value]) }))}
      />
      <ul className="tile-map" aria-label={say({ zh: '分区示意图', en: 'Schematic map of the districts' })}>
        {tiles.map(({ district, column, row }) => (
          <li key={district} style={{ gridColumn: column, gridRow: row }}>
            <Link className={`tile tile-${shades.get(district) ?? 'none'}`} to={`/desk/oversight/districts/${district}`}>
              <span className="tile-name">{say(district === cityItself ? { zh: '市本级', en: 'City bureau' } : placeName(district))}</span>
              <span className="tile-figure">
                {say(
                  said(
                    rows.find((each) => each.district === district),
                    measure,
                  ),
                )}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <p className="soft">
        {say({
          zh: '示意图：方块只表示各区市县的相对方位，不表示边界、面积和比例。颜色越深，越需要关注。选择一块查看该地区的案件。',
          en: 'Schematic: tiles show how the districts lie to each other, not borders, areas or scale. The darker, the more it asks for attention. Choose one to see its cases.',
        })}
      </p>
    </>
  );
}
