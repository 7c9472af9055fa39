import { describe, expect, it } from 'vitest';
import type { ChartKeyAction } from './chart-keys.ts';
import { KeyedCharts } from './keyed-charts.ts';

describe('the charts that take keys', () => {
  const newest: ChartKeyAction = { kind: 'newest' };

  it('are found by their panel, else the first one is meant', () => {
    const charts = new KeyedCharts();
    expect(charts.of('a')).toBeUndefined();
    const done: string[] = [];
    const perform = (name: string) => () => done.push(name) > 0;
    const end = charts.add('a', perform('a'));
    charts.add('b', perform('b'));
    for (const panelId of ['b', 'bots', null]) charts.of(panelId)?.(newest);
    end();
    charts.of('a')?.(newest);
    expect(done).toEqual(['b', 'a', 'a', 'b']);
  });

  it('keep the one that took a panel’s place when that of before goes', () => {
    const charts = new KeyedCharts();
    const [before, after] = [() => false, () => true];
    const end = charts.add('a', before);
    charts.add('a', after);
    end();
    expect(charts.of('a')).toBe(after);
  });
});
