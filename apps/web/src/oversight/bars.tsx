import { BarChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use as register } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { yuan } from '../pieces/fen.js';
import { useLanguage } from '../text/language.js';

register([BarChart, GridComponent, TooltipComponent, SVGRenderer]);

export type Bar = { readonly label: string; readonly fen: string };

/** Yuan for the height of a bar only; every figure that is read comes from the string of fen. */
const height = (fen: string): number => Number(BigInt(fen) / 100n);

/** Amounts side by side; the table beside it tells the same in figures. Loaded only where it is shown. */
export function Bars({ bars, label }: { readonly bars: readonly Bar[]; readonly label: string }) {
  const { say } = useLanguage();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place.current === null) return;
    const chart = init(place.current, null, { renderer: 'svg' });
    chart.setOption({
      animation: false,
      grid: { left: 8, right: 16, top: 16, bottom: 8, containLabel: true },
      tooltip: {
        trigger: 'axis',
        formatter: (points: { dataIndex: number }[]) =>
          points.map(({ dataIndex }) => `${bars[dataIndex]?.label ?? ''} ¥${yuan(bars[dataIndex]?.fen ?? '0')}`).join('<br>'),
      },
      xAxis: { type: 'category', data: bars.map((bar) => bar.label), axisLabel: { hideOverlap: true } },
      yAxis: { type: 'value', axisLabel: { formatter: (value: number) => say({ zh: `${value / 10_000} 万`, en: `${value / 1000}k` }) } },
      series: [{ type: 'bar', data: bars.map((bar) => height(bar.fen)), itemStyle: { color: '#17508f' }, barMaxWidth: 48 }],
    });
    const resized = new ResizeObserver(() => chart.resize());
    resized.observe(place.current);
    return () => {
      resized.disconnect();
      chart.dispose();
    };
  }, [bars, say]);
  return <div ref={place} className="oversight-bars" role="img" aria-label={label} />;
}
