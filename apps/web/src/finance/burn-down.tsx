import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use as register } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import type { Schemas } from '../api/client.js';
import { yuan } from '../pieces/fen.js';
import { useLanguage } from '../text/language.js';

type Month = Schemas['ExecutionRow'];

register([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

/** Yuan for the height of a bar only; every figure that is read comes from the string of fen. */
const height = (fen: string): number => Number(BigInt(fen) / 100n);

/** What was spent up to each month's end, and what was left of the year's budget. */
export function BurnDown({ months }: { readonly months: readonly Month[] }) {
  const { say } = useLanguage();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place.current === null) return;
    const chart = init(place.current, null, { renderer: 'svg' });
    const spent = say({ zh: '已支出', en: 'Spent' });
    const left = say({ zh: '余额', en: 'Left' });
    const leftOf = ({ authorisedFen, spentFen, lapsedFen }: Month) =>
      (BigInt(authorisedFen) - BigInt(spentFen) - BigInt(lapsedFen)).toString();
    const told: Readonly<Record<string, (row: Month) => string>> = { [spent]: ({ spentFen }) => spentFen, [left]: leftOf };
    chart.setOption({
      animation: false,
      legend: { top: 0 },
      grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
      tooltip: {
        trigger: 'axis',
        formatter: (points: { seriesName: string; dataIndex: number; marker: string }[]) =>
          points
            .map(({ seriesName, dataIndex, marker }) => {
              const row = months[dataIndex];
              return row === undefined ? '' : `${marker} ${seriesName} ¥${yuan(told[seriesName]?.(row) ?? '0')}`;
            })
            .join('<br>'),
      },
      xAxis: { type: 'category', data: months.map(({ month }) => say({ zh: `${month}月`, en: `${month}` })) },
      yAxis: { type: 'value', axisLabel: { formatter: (value: number) => say({ zh: `${value / 10_000} 万`, en: `${value / 1000}k` }) } },
      series: [
        { name: spent, type: 'bar', data: months.map((row) => height(row.spentFen)), itemStyle: { color: '#17508f' } },
        {
          name: left,
          type: 'line',
          data: months.map((row) => height(leftOf(row))),
          itemStyle: { color: '#8a5300' },
          lineStyle: { width: 3 },
        },
      ],
    });
    const resized = new ResizeObserver(() => chart.resize());
    resized.observe(place.current);
    return () => {
      resized.disconnect();
      chart.dispose();
    };
  }, [months, say]);
  return (
    <div
      ref={place}
      className="burn-down"
      role="img"
      aria-label={say({ zh: '指标执行图，数字见下表', en: 'Chart of the budget; its figures are in the table below' })}
    />
  );
}
