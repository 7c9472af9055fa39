import { expect, describe as group, it } from 'vitest';
import type { Alert } from '#domain/alert.ts';
import type { AlertCondition } from '#domain/alert-rule.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs, Price } from '#domain/units.ts';
import { describe, wordsFor } from './wording.ts';

const BTC = 'binance:BTC/USDT' as InstrumentId;
const now = 1 as EpochMs;
const alert = (condition: AlertCondition, value: number | null, changes: Partial<Alert> = {}) =>
  ({
    ...{ id: 'a1', ruleId: 'r1', ruleName: 'Rule', severity: 'info', labels: {} },
    ...{ condition, value, state: 'firing', isTest: false, marketTime: null },
    ...{ pendingTime: now, firedTime: now, resolvedTime: null },
    ...{ acknowledgedTime: null, escalatedTime: null },
    ...changes,
  }) satisfies Alert;
const cross = (level: number): AlertCondition => ({
  ...{ kind: 'priceCross', instrumentId: BTC, level: level as Price, direction: 'either' },
});

group('what an alert says', () => {
  it.each<[AlertCondition, number | null, Alert['labels'], string]>([
    [cross(60_000.5), 60_001, { direction: 'up' }, 'BTC/USDT rose to 60,000.5'],
    [cross(1.25e-10), 1.3e-10, { direction: 'up' }, 'BTC/USDT rose to 0.000000000125'],
    [cross(60_000), 59_999, { direction: 'down' }, 'BTC/USDT fell to 60,000'],
    [
      { kind: 'priceMove', instrumentId: BTC, percent: 1, direction: 'up', windowMs: 300_000 },
      ...([1.234, {}, 'BTC/USDT moved +1.23 % in 5 min'] as const),
    ],
    [
      { kind: 'priceMove', instrumentId: BTC, percent: 1, direction: 'up', windowMs: 1_500 },
      ...([-0.00123, {}, 'BTC/USDT moved -0.00123 % in 1.5 s'] as const),
    ],
    [
      { kind: 'volumeSpike', instrumentId: BTC, ratio: 3, windowMs: 60_000, baselineWindows: 20 },
      ...([12.345, {}, 'BTC/USDT traded 12.35× the usual volume in 1 min'] as const),
    ],
    [
      { kind: 'spread', instrumentId: BTC, aboveBps: 1 },
      ...([1_234.5, {}, 'BTC/USDT has a spread of 1,234.5 bp'] as const),
    ],
    [
      { kind: 'positionPnl', botId: null, level: '-5' as DecimalString, side: 'below' },
      ...([-5.5, { bot: 'b1' }, 'The position of Grid stands at -5.5'] as const),
    ],
    [
      { kind: 'drawdown', botId: null, percent: 5 },
      5.678,
      { bot: 'b1' },
      'Grid is 5.68 % below its peak',
    ],
    [
      { kind: 'botState', botId: null, states: ['error', 'silent'] },
      null,
      { bot: 'b1' },
      'Grid is in error or silent',
    ],
    [
      { kind: 'feedStale', exchange: null },
      ...([1, { exchange: 'kraken' }, 'kraken sends nothing'] as const),
    ],
    [
      { kind: 'hubHealth', measure: 'connections', above: 1 },
      ...([12_000, {}, 'The number of connections is 12,000'] as const),
    ],
  ])('%#', (condition, value, labels, sentence) => {
    expect(describe(alert(condition, value, { labels }), () => 'Grid')).toBe(sentence);
  });

  it('names the rule, or how many there are, and says why one hears of it', () => {
    const one = alert(cross(1), 1);
    const others = [1, 2, 3, 4].map((level) =>
      alert(cross(level), level, { ruleName: `R${level}` }),
    );
    expect(wordsFor('firing', [one])).toEqual({ title: 'Rule', body: 'BTC/USDT rose to 1' });
    expect(wordsFor('resolved', [one]).title).toBe('Over: Rule');
    expect(wordsFor('firing', others)).toEqual({
      title: '4 alerts',
      body: 'BTC/USDT rose to 1 · BTC/USDT rose to 2 · BTC/USDT rose to 3 · and 1 more',
    });
  });
});
