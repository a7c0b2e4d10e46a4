import { theme } from 'antd';
import { BarChart } from 'echarts/charts';
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { type EChartsType, init, use as register } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Overview } from '../../../shared/contract/overview-operations.ts';
import { formatYuan } from '../../../shared/invoice/money.ts';

register([BarChart, GridComponent, TooltipComponent, AriaComponent, SVGRenderer]);

export type Measure = 'count' | 'amount';
type Days = Overview['days'];

const height = 220;
const measured = (day: Days[number], measure: Measure) => (measure === 'count' ? day.count : day.feeFen);
const worded = (value: number, measure: Measure) =>
  measure === 'count' ? String(value) : formatYuan(value, { symbol: true });

/** The chart in one sentence, for those who do not see it. */
function useDescription(days: Days, measure: Measure): string {
  const { t } = useTranslation();
  const total = days.reduce((sum, day) => sum + measured(day, measure), 0);
  const best = days.reduce((most, day) => (measured(day, measure) > measured(most, measure) ? day : most));
  const words = { total: worded(total, measure), day: best.day, most: worded(measured(best, measure), measure) };
  return measure === 'count' ? t('overview.chart.describeCount', words) : t('overview.chart.describeAmount', words);
}

type Colours = Pick<
  ReturnType<typeof theme.useToken>['token'],
  'colorPrimary' | 'colorTextTertiary' | 'colorBorderSecondary' | 'colorText' | 'colorBgElevated' | 'motion'
>;

function chartOption(days: Days, measure: Measure, colours: Colours, description: string) {
  const label = { color: colours.colorTextTertiary };
  const line = { lineStyle: { color: colours.colorBorderSecondary } };
  return {
    animation: colours.motion,
    animationDuration: 200,
    aria: { enabled: true, label: { description } },
    grid: { left: 8, right: 8, top: 16, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    // The tooltip drawn as HTML carries inline styles, which this page forbids.
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      axisPointer: { type: 'none' },
      backgroundColor: colours.colorBgElevated,
      borderColor: colours.colorBorderSecondary,
      textStyle: { color: colours.colorText },
      valueFormatter: (value: unknown) => worded(Number(value), measure),
    },
    xAxis: {
      type: 'category',
      data: days.map(({ day }) => day.slice(5)),
      axisTick: { show: false },
      axisLine: line,
      axisLabel: label,
    },
    yAxis: {
      type: 'value',
      minInterval: measure === 'count' ? 1 : 100,
      splitLine: line,
      axisLabel: { ...label, formatter: (value: number) => worded(value, measure).replace(/\.00$/, '') },
    },
    series: [
      {
        type: 'bar',
        data: days.map((day) => measured(day, measure)),
        itemStyle: { color: colours.colorPrimary, borderRadius: [2, 2, 0, 0] },
        barMaxWidth: 20,
        emphasis: { disabled: true },
      },
    ],
  };
}

/** A bar for each day, drawn in the colours of the theme. */
export function DayChart({ days, measure }: { readonly days: Days; readonly measure: Measure }) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(null);
  const { token } = theme.useToken();
  const description = useDescription(days, measure);
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const size = () => ({ width: element.clientWidth || 600, height });
    const drawn = init(element, null, { renderer: 'svg', ...size() });
    chart.current = drawn;
    const observer = new ResizeObserver(() => drawn.resize(size()));
    observer.observe(element);
    return () => {
      observer.disconnect();
      drawn.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption(chartOption(days, measure, token, description));
  }, [days, measure, token, description]);
  return <div ref={place} className="day-chart" role="img" aria-label={description} />;
}
