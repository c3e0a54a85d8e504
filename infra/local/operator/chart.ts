/**
 * Columns over days as SVG, made here so that the page needs no script. The only importer of the chart library, which takes
 * half a second to load: import this file when a chart is asked for.
 */
import { BarChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, GridComponent, SVGRenderer]);

export interface Columns {
  /** Under each column. */
  readonly labels: readonly string[];
  /** Parts of the columns from the bottom up. */
  readonly series: readonly { readonly colour: string; readonly values: readonly number[] }[];
}

/**
 * Holds numbers, the labels and the colours, and no other text. Colours may be `var(--…)` of the page: they then follow its
 * light and dark.
 *
 * @returns one `<svg>` element that scales to the width it is given, and that screen readers pass over: say it in words beside
 */
export function columnChart({ labels, series }: Columns, size: { width: number; height: number }): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  const text = { color: 'var(--quiet)', fontSize: 12, fontFamily: 'inherit' };
  chart.setOption({
    animation: false,
    grid: { left: 44, right: 8, top: 10, bottom: 28 },
    xAxis: {
      type: 'category',
      data: [...labels],
      axisLabel: { ...text, hideOverlap: true },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: 'var(--quiet)' } },
    },
    yAxis: { type: 'value', minInterval: 1, axisLabel: text, splitLine: { lineStyle: { color: 'var(--rule)' } } },
    series: series.map(({ colour, values }) => ({
      type: 'bar',
      stack: 'all',
      silent: true,
      barCategoryGap: '20%',
      itemStyle: { color: colour },
      data: [...values],
    })),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  // What is left of its hover effects would say nothing here.
  return svg
    .replace(/<style[\s\S]*?<\/style>\s*/g, '')
    .replace(/ (?:class|pointer-events)="[^"]*"/g, '')
    .replace(/^<svg /, '<svg aria-hidden="true" focusable="false" ');
}
