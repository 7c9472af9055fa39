import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { succeed } from '#contract/errors.ts';
import type { Alert } from '#domain/alert.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs, Price } from '#domain/units.ts';
import { sourceOf, tradeAt } from '#main/replay/replay-source.fixture.ts';
import { type Ledger, openLedger } from '#main/storage/ledger.ts';
import { PLAIN_RUNTIME, PLAIN_SETTINGS } from '#tests/fakes/stored-bot.ts';
import { deckTimeline } from './deck-timeline.ts';

const BTC = 'x:BTC/USDT' as InstrumentId;
const ETH = 'x:ETH/USDT' as InstrumentId;
const T0 = 1_700_000_000_000;
const at = (seconds: number) => (T0 + seconds * 1_000) as EpochMs;

/** Four seconds, of which each is a part of the timeline. */
const source = (volumes: Record<string, readonly [second: number, volume: number][]>) =>
  sourceOf([[tradeAt(BTC, at(0), '1')], [tradeAt(ETH, at(0), '2')]], {
    ...{ fromTime: at(0), toTime: at(4) },
    volumes: (id) =>
      succeed((volumes[id] ?? []).map(([second, volume]) => ({ time: at(second), volume }))),
  });

const CROSS = {
  kind: 'priceCross',
  instrumentId: BTC,
  level: 1 as Price,
  direction: 'up',
} as const;
const alert = (id: string, time: EpochMs, changes: Partial<Alert> = {}): Alert => ({
  ...{ id, ruleId: 'r1', ruleName: id, severity: 'warning', condition: CROSS, value: 1 },
  labels: { rule: 'r1', instrument: BTC },
  ...{ state: 'resolved', pendingTime: time, firedTime: at(99), marketTime: time },
  ...{ resolvedTime: at(99), acknowledgedTime: null, escalatedTime: null, isTest: false },
  ...changes,
});
const fill = (id: string, botId: string, eventTime: EpochMs): Fill => ({
  ...{ id, botId, orderId: 'o', instrumentId: BTC, side: 'sell' as const },
  ...{ quantity: '1' as DecimalString, price: '1' as DecimalString, fee: '0' as DecimalString },
  ...{ feeCurrency: 'USDT', liquidity: 'maker' as const, realizedPnl: '0' as DecimalString },
  eventTime,
});

const bot = (id: string) => ({
  config: {
    ...{ id, name: id, strategy: 'grid', instrumentId: BTC, params: {}, createdTime: at(0) },
    ...{ initialCash: '1000' as DecimalString, makerFeeBps: 1, takerFeeBps: 5 },
    ...PLAIN_SETTINGS,
  },
  runtime: {
    ...{ botId: id, state: 'stopped' as const, error: null, cash: '1000' as DecimalString },
    ...{ fillCount: 0, lastFillTime: null, strategyState: null, orderSequence: 0 },
    ...PLAIN_RUNTIME,
  },
});

describe('[T4] the timeline of a deck', () => {
  let folder: string;
  let ledger: Ledger;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tapedeck-timeline-'));
    const opened = openLedger(join(folder, 'ledger.db'), {
      onDamage: ({ reason }) => expect.unreachable(reason),
    });
    if (!opened.ok) throw new Error(opened.error.message);
    ledger = opened.value;
    for (const id of ['a', 'b']) ledger.bots.insert(bot(id));
  });
  afterEach(() => {
    ledger.close();
    rmSync(folder, { recursive: true });
  });

  const timeline = (
    volumes: Parameters<typeof source>[0] = {},
    bots: 'all' | readonly string[] = 'all',
  ) => {
    const told = deckTimeline(source(volumes), ledger, bots);
    if (!told.ok) throw new Error(told.error.message);
    return told.value;
  };

  it('says when how much was traded, each instrument counting for as much', () => {
    const dear: [number, number][] = [[0, 1]];
    const cheap: [number, number][] = [
      [0, 3_000],
      [3, 1_000],
    ];
    expect(timeline({ [BTC]: dear, [ETH]: cheap }).volumes).toEqual([0.875, 0, 0, 0.125]);
    expect(timeline({ [ETH]: cheap }).volumes).toEqual([0.75, 0, 0, 0.25]);
    expect(timeline().volumes).toEqual([]);
  });

  it('has the alerts and fills that live had in the stretch, and no others', () => {
    ledger.alerts.save(alert('in', at(1)));
    ledger.alerts.save(alert('before', at(-1)));
    ledger.alerts.save(alert('other', at(1), { labels: { instrument: 'x:OTHER/USDT' } }));
    ledger.alerts.save(alert('test', at(1), { isTest: true }));
    for (const [id, time] of [
      ['f1', at(0)],
      ['f2', at(4)],
    ] as const) {
      ledger.fills.insert(fill(id, 'a', time));
    }
    expect(timeline()).toMatchObject({
      alerts: [{ time: at(1), ruleName: 'in', severity: 'warning' }],
      fills: [{ id: 'f1', time: at(0), side: 'sell' }],
    });
  });

  it('[H2] tells who reaches only some bots of their fills, and of no alerts', () => {
    ledger.alerts.save(alert('in', at(1)));
    ledger.fills.insert(fill('f1', 'a', at(1)));
    ledger.fills.insert(fill('f2', 'b', at(2)));
    expect(timeline({}, ['b'])).toMatchObject({ alerts: [], fills: [{ time: at(2) }] });
  });
});
