import { useEffect, useRef, useState } from 'react';
import { usePanelOption } from '../../../app/app-context.ts';
import {
  type ChartSettingsStore,
  chartSettingsSchema,
  openChartSettings,
  USUAL_SETTINGS,
} from './chart-settings.ts';

/** The panel's settings as a store, which the chart follows without React; kept with the layout. */
export function useChartSettings(): ChartSettingsStore {
  const [kept, keep] = usePanelOption('chart', chartSettingsSchema, USUAL_SETTINGS);
  const keepRef = useRef(keep);
  keepRef.current = keep;
  const [store] = useState(() => openChartSettings(kept, (settings) => keepRef.current(settings)));
  // Another layout, or this one as it was: the panel is to be as that has it.
  useEffect(() => {
    if (JSON.stringify(kept) !== JSON.stringify(store.getState())) store.setState(kept);
  }, [kept, store]);
  return store;
}
