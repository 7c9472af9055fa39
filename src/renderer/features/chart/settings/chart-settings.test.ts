import { describe, expect, it } from 'vitest';
import { usualSettings } from '../indicators/indicator-settings.ts';
import { chartSettingsSchema, openChartSettings, USUAL_SETTINGS } from './chart-settings.ts';

describe('the settings of a chart', () => {
  it('are kept with each change, and can be read again', () => {
    let kept = '';
    const store = openChartSettings(USUAL_SETTINGS, (settings) => {
      kept = JSON.stringify(settings);
    });
    store.setState({ interval: '1w', kind: 'area', indicators: [usualSettings('rsi', 'a')] });
    const read = chartSettingsSchema.parse(JSON.parse(kept));
    expect(read).toEqual(store.getState());
    expect(read).toMatchObject({ interval: '1w', kind: 'area', indicators: [{ kind: 'rsi' }] });
  });

  it('are as usual where nothing was kept', () => {
    expect(USUAL_SETTINGS).toEqual({
      ...{ interval: '1m', kind: 'candles', volume: 'sides', isLogarithmic: false },
      ...{ indicators: [], compared: [] },
    });
  });

  it('keep what is sound of what was kept', () => {
    const sma = usualSettings('sma', 'a');
    const kept = {
      ...{ interval: '7m', kind: 'line', isLogarithmic: 'yes', more: 1 },
      indicators: [sma, { ...sma, kind: 'magic' }, { ...sma, parameters: { period: 0 } }],
      compared: ['demo:ETH/USDT', 'nothing'],
    };
    expect(chartSettingsSchema.parse(kept)).toEqual({
      ...{ interval: '1m', kind: 'line', volume: 'sides', isLogarithmic: false },
      ...{ indicators: [sma], compared: ['demo:ETH/USDT'] },
    });
  });
});
