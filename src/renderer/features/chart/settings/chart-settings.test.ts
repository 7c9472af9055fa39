import { describe, expect, it } from 'vitest';
import { usualSettings } from '../indicators/indicator-settings.ts';
import { openChartSettings, readSettings } from './chart-settings.ts';

class KeptTexts {
  readonly texts = new Map<string, string>();
  read = (key: string) => this.texts.get(key) ?? null;
  write = (key: string, value: string) => void this.texts.set(key, value);
}

describe('the settings of a chart', () => {
  it('are there again after a reload, each panel’s own', () => {
    const kept = new KeptTexts();
    const one = openChartSettings(kept, 'one');
    one.setState({ interval: '1w', kind: 'area', indicators: [usualSettings('rsi', 'a')] });
    openChartSettings(kept, 'two').setState({ interval: '100t' });
    expect(openChartSettings(kept, 'one').getState()).toMatchObject({
      ...{ interval: '1w', kind: 'area', isLogarithmic: false },
      indicators: [{ kind: 'rsi' }],
    });
    expect(openChartSettings(kept, 'two').getState().interval).toBe('100t');
  });

  it.each(['', 'no JSON', '[]', '7', 'null'])('are as usual where %j was kept', (text) => {
    expect(readSettings(text)).toEqual({
      ...{ interval: '1m', kind: 'candles', volume: 'sides', isLogarithmic: false },
      ...{ indicators: [], compared: [] },
    });
  });

  it('keep what is sound of what was kept', () => {
    const sma = usualSettings('sma', 'a');
    const text = JSON.stringify({
      ...{ interval: '7m', kind: 'line', isLogarithmic: 'yes', more: 1 },
      indicators: [sma, { ...sma, kind: 'magic' }, { ...sma, parameters: { period: 0 } }],
      compared: ['demo:ETH/USDT', 'nothing'],
    });
    expect(readSettings(text)).toEqual({
      ...{ interval: '1m', kind: 'line', volume: 'sides', isLogarithmic: false },
      ...{ indicators: [sma], compared: ['demo:ETH/USDT'] },
    });
  });
});
