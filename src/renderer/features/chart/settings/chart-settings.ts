import { z } from 'zod';
import { createStore } from 'zustand/vanilla';
import { instrumentIdSchema } from '#contract/model.ts';
import type { KeptValues } from '../../../app/page-storage.ts';
import { chartIntervalSchema } from '../bars/chart-interval.ts';
import { indicatorSchema, MOST_INDICATORS } from '../indicators/indicator-settings.ts';
import { CHART_KINDS } from '../plot/price-series.ts';
import { VOLUME_KINDS } from '../plot/volume-series.ts';

export const MOST_COMPARED = 4;

/** A list that keeps what is sound of it: one bad entry must not cost the others. */
const soundItems = <T extends z.ZodType>(item: T, most: number) =>
  z
    .array(z.unknown())
    .catch([])
    .transform((items): z.infer<T>[] => {
      const sound = items.flatMap((one): z.infer<T>[] => {
        const parsed = item.safeParse(one);
        return parsed.success ? [parsed.data] : [];
      });
      return sound.slice(0, most);
    });

/** What a chart panel keeps; anything that cannot be read is as usual. */
const chartSettingsSchema = z
  .object({
    interval: chartIntervalSchema.catch('1m'),
    kind: z.enum(CHART_KINDS).catch('candles'),
    volume: z.enum(VOLUME_KINDS).catch('sides'),
    isLogarithmic: z.boolean().catch(false),
    indicators: soundItems(indicatorSchema, MOST_INDICATORS),
    /** Other instruments whose changes are drawn beside. */
    compared: soundItems(instrumentIdSchema, MOST_COMPARED),
  })
  .readonly();
export type ChartSettings = z.infer<typeof chartSettingsSchema>;

const keyOf = (panelId: string): string => `tapedeck:chart:${panelId}`;

/** The settings of one chart panel; they outlive the page. */
export function openChartSettings(kept: KeptValues, panelId: string) {
  const store = createStore<ChartSettings>(() => readSettings(kept.read(keyOf(panelId))));
  store.subscribe((settings) => kept.write(keyOf(panelId), JSON.stringify(settings)));
  return store;
}
export type ChartSettingsStore = ReturnType<typeof openChartSettings>;

export function readSettings(text: string | null): ChartSettings {
  let value: unknown = {};
  try {
    value = JSON.parse(text ?? '{}');
  } catch {
    // What was kept is damaged: the chart begins as usual.
    value = {};
  }
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return chartSettingsSchema.parse(isObject ? value : {});
}
