import { z } from 'zod';
import { createStore } from 'zustand/vanilla';
import { instrumentIdSchema } from '#contract/model.ts';
import { chartIntervalSchema } from '../bars/chart-interval.ts';
import { indicatorSchema, MOST_INDICATORS } from '../indicators/indicator-settings.ts';
import { CHART_KINDS } from '../plot/chart-kinds.ts';
import { VOLUME_KINDS } from '../plot/volume-kinds.ts';

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
export const chartSettingsSchema = z
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

export const USUAL_SETTINGS: ChartSettings = chartSettingsSchema.parse({});

/** The settings of one chart panel; each change is kept with its layout. */
export function openChartSettings(initial: ChartSettings, keep: (settings: ChartSettings) => void) {
  const store = createStore<ChartSettings>(() => initial);
  store.subscribe(keep);
  return store;
}
export type ChartSettingsStore = ReturnType<typeof openChartSettings>;
