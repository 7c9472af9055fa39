import { describe, expect, it, vi } from 'vitest';
import type { DecimalString } from '#domain/decimal.ts';
import type { EpochMs } from '#domain/units.ts';
import { AlertBench, BTC, ETH, LEVEL } from '../../../tests/fakes/alert-bench.ts';

describe('a price level', () => {
  it('fires once when the price reaches it from below, and is over when it falls back', () => {
    const bench = new AlertBench();
    bench.rule(LEVEL(100));
    for (const price of [98, 99, 100, 101, 100.5, 99.9, 99]) bench.trade(price);
    expect(bench.changes).toEqual(['firing 100', 'resolved 100']);
    expect(bench.told[0]?.labels).toMatchObject({
      ...{ kind: 'priceCross', instrument: BTC, exchange: 'demo', direction: 'up' },
    });
  });

  it('does not fire for a price that was beyond it from the start', () => {
    const bench = new AlertBench();
    bench.rule(LEVEL(100));
    bench.rule(LEVEL(100, 'down'));
    for (const price of [101, 102]) bench.trade(price);
    expect(bench.changes).toEqual([]);
    for (const price of [99, 100]) bench.trade(price);
    expect(bench.changes).toEqual(['firing 99', 'firing 100']);
  });

  it('fires in either direction, as two alerts of one rule', () => {
    const bench = new AlertBench();
    bench.rule(LEVEL(100, 'either'));
    for (const price of [99, 101, 99, 98]) bench.trade(price);
    expect(bench.told.map(({ state, labels }) => `${state} ${labels.direction}`)).toEqual([
      'firing up',
      'resolved up',
      'firing down',
    ]);
  });

  it('hears nothing of other instruments, nor of prints that come late', () => {
    const bench = new AlertBench();
    bench.rule(LEVEL(100));
    bench.trade(99);
    bench.trade(101, { id: ETH });
    bench.trade(101, { at: bench.clock.now() - 1_000 });
    expect(bench.changes).toEqual([]);
  });
});

describe('a move within a window', () => {
  const MOVE = { kind: 'priceMove', instrumentId: BTC, percent: 2, windowMs: 60_000 } as const;

  it('is measured from the lowest and the highest of the window', () => {
    const bench = new AlertBench();
    bench.rule({ ...MOVE, direction: 'either' });
    for (const price of [100, 101, 99.5]) bench.trade(price);
    expect(bench.changes).toEqual([]);
    bench.trade(101.5);
    expect(bench.told).toHaveLength(1);
    expect(bench.told[0]?.value).toBeCloseTo((101.5 / 99.5 - 1) * 100);
    bench.trade(99);
    expect(bench.told.at(-1)).toMatchObject({ state: 'firing', labels: { direction: 'down' } });
  });

  it('forgets what lies before the window, by the market’s time', () => {
    const bench = new AlertBench();
    bench.rule({ ...MOVE, direction: 'up' });
    const start = bench.clock.now();
    bench.trade(100, { at: start });
    bench.trade(101.9, { at: start + 59_000 });
    bench.trade(102.5, { at: start + 60_001 });
    expect(bench.changes).toEqual([]);
    bench.trade(104, { at: start + 60_002 });
    expect(bench.told).toHaveLength(1);
  });

  it('begins anew where the market’s time runs back', () => {
    const bench = new AlertBench();
    bench.rule({ ...MOVE, direction: 'up' });
    bench.trade(100);
    bench.event({
      ...{ kind: 'bookLost', instrumentId: BTC, reason: 'again', receivedTime: bench.clock.now() },
    });
    bench.trade(110, { at: bench.clock.now() - 3_600_000 });
    expect(bench.changes).toEqual([]);
  });
});

describe('a spike of volume', () => {
  const SPIKE = {
    kind: 'volumeSpike',
    instrumentId: BTC,
    ...{ ratio: 3, windowMs: 10_000, baselineWindows: 2 },
  } as const;
  const calm = (bench: AlertBench, seconds: number) => {
    for (let second = 0; second < seconds; second += 1) {
      bench.clock.advance(1_000);
      bench.trade(100);
    }
  };

  it('is so many times the mean of the windows before it', () => {
    const bench = new AlertBench();
    bench.rule(SPIKE);
    calm(bench, 40);
    bench.trade(100, { size: 15 });
    expect(bench.changes).toEqual([]);
    bench.trade(100, { size: 6 });
    expect(bench.told.map(({ state }) => state)).toEqual(['firing']);
    expect(bench.told[0]?.value).toBeCloseTo(3.1, 1);
    calm(bench, 11);
    expect(bench.told.map(({ state }) => state)).toEqual(['firing', 'resolved']);
  });

  it('says nothing until it knows what is usual, and again after a gap', () => {
    const bench = new AlertBench();
    bench.rule(SPIKE);
    calm(bench, 20);
    bench.trade(100, { size: 1_000 });
    expect(bench.changes).toEqual([]);
    calm(bench, 60);
    const now = bench.clock.now();
    bench.event({
      ...{ kind: 'gap', instrumentId: BTC, reason: 'cut' },
      ...{ fromTime: now, toTime: (now + 5_000) as EpochMs },
    });
    bench.clock.advance(5_000);
    calm(bench, 20);
    bench.trade(100, { size: 1_000 });
    expect(bench.changes).toEqual([]);
  });

  it('comes back to itself after a long silence', () => {
    const bench = new AlertBench();
    bench.rule(SPIKE);
    calm(bench, 40);
    bench.clock.advance(3_600_000);
    bench.trade(100, { size: 1_000 });
    expect(bench.changes).toEqual([]);
    calm(bench, 60);
    bench.trade(100, { size: 100 });
    expect(bench.told.map(({ state }) => state)).toEqual(['firing']);
  });
});

describe('a spread', () => {
  it('is wide in basis points of the middle, and not known without quotes', () => {
    const bench = new AlertBench();
    bench.rule({ kind: 'spread', instrumentId: BTC, aboveBps: 10 });
    bench.quote(100, 100.05);
    expect(bench.changes).toEqual([]);
    bench.quote(100, 100.2);
    expect(bench.told[0]?.value).toBeCloseTo(19.98, 1);
    bench.touch = null;
    bench.event({
      ...{ kind: 'bookLost', instrumentId: BTC, reason: 'cut', receivedTime: bench.clock.now() },
    });
    expect(bench.told.map(({ state }) => state)).toEqual(['firing']);
    bench.quote(100, 100.05);
    expect(bench.told.map(({ state }) => state)).toEqual(['firing', 'resolved']);
  });

  it('that is no longer known begins anew: nothing fires by what was', () => {
    const bench = new AlertBench();
    bench.rule({ kind: 'spread', instrumentId: BTC, aboveBps: 10 }, { forMs: 10_000 });
    bench.quote(100, 101);
    bench.touch = null;
    bench.event({
      ...{ kind: 'bookLost', instrumentId: BTC, reason: 'cut', receivedTime: bench.clock.now() },
    });
    bench.pass(20_000);
    expect(bench.told).toEqual([]);
  });
});

describe('a bot', () => {
  const money = (text: string) => text as DecimalString;

  it('has a position beyond a level, as the market moves', () => {
    const bench = new AlertBench();
    bench.rule({ kind: 'positionPnl', botId: 'b1', level: money('-5'), side: 'below' });
    bench.bot('b1');
    bench.bot('b2', { unrealizedPnl: money('-100') });
    expect(bench.changes).toEqual([]);
    const [bot] = bench.bots.values();
    if (bot) bench.bots.set('b1', { ...bot, unrealizedPnl: money('-5.01') });
    bench.trade(100);
    expect(bench.changes).toEqual(['firing -5.01']);
    expect(bench.told[0]?.labels).toMatchObject({ bot: 'b1', instrument: BTC });
    bench.bot('b1', { unrealizedPnl: money('-5') });
    expect(bench.changes).toEqual(['firing -5.01', 'resolved -5.01']);
  });

  it('falls from its peak, which a restart remembers and a withdrawal does not move', () => {
    const bench = new AlertBench();
    bench.rule({ kind: 'drawdown', botId: null, percent: 10 });
    bench.bot('b1', { equity: 1_500 });
    bench.bot('b1', { equity: 1_000, initialCash: money('500') });
    expect(bench.changes).toEqual([]);
    bench.alerts.remember();
    bench.restart();
    bench.bot('b1', { equity: 950, initialCash: money('500') });
    expect(bench.changes).toEqual([]);
    bench.bot('b1', { equity: 900, initialCash: money('500') });
    expect(bench.changes).toEqual(['firing 10']);
  });

  it('stops or breaks: that it was so before is no news; that it is silent is', () => {
    const bench = new AlertBench();
    bench.bot('b1', { state: 'error' });
    bench.bot('b2', { state: 'silent' });
    bench.rule({ kind: 'botState', botId: null, states: ['stopped', 'error', 'silent'] });
    expect(bench.told.map(({ labels }) => labels.bot)).toEqual(['b2']);
    bench.bot('b1', { state: 'running' });
    bench.bot('b1', { state: 'stopped' });
    bench.bot('b2', { state: 'running' });
    expect(bench.told.map(({ labels, state }) => `${labels.bot} ${state}`)).toEqual([
      'b2 firing',
      'b1 firing',
      'b2 resolved',
    ]);
  });

  it('is removed, and what fired of it is over', () => {
    const bench = new AlertBench();
    bench.rule({ kind: 'botState', botId: null, states: ['silent'] });
    bench.bot('b1', { state: 'silent' });
    bench.bots.clear();
    bench.engine.onBotRemoved('b1');
    expect(bench.told.map(({ state }) => state)).toEqual(['firing', 'resolved']);
  });
});

describe('a feed', () => {
  const since = 0 as EpochMs;

  it('is down, or an instrument of it is, until something comes again', () => {
    const bench = new AlertBench();
    bench.rule({ kind: 'feedStale', exchange: null });
    bench.feed('f1', { kind: 'connecting', attempt: 1, nextTryTime: null });
    bench.feed('f1', { kind: 'live' });
    expect(bench.changes).toEqual([]);
    bench.feed('f1', { kind: 'live' }, [{ kind: 'stale', sinceTime: since }]);
    bench.feed('f1', { kind: 'disconnected', reason: 'cut', nextTryTime: null });
    // It dials, and fails again: that is one outage.
    bench.feed('f1', { kind: 'connecting', attempt: 2, nextTryTime: null });
    expect(bench.changes).toEqual(['firing 1']);
    bench.feed('f1', { kind: 'live' });
    expect(bench.changes).toEqual(['firing 1', 'resolved 1']);
  });

  it('of another exchange is not watched, and a closed market is no stale one', () => {
    const bench = new AlertBench();
    bench.rule({ kind: 'feedStale', exchange: 'kraken' });
    bench.feed('f1', { kind: 'failed', reason: 'gone' });
    bench.rule({ kind: 'feedStale', exchange: 'demo' });
    expect(bench.changes).toEqual(['firing 0']);
    bench.feed('f1', { kind: 'closed', untilTime: null });
    expect(bench.changes).toEqual(['firing 0', 'resolved 0']);
  });

  it('that is removed is not down any more', () => {
    const bench = new AlertBench();
    bench.rule({ kind: 'feedStale', exchange: null });
    bench.feed('f1', { kind: 'failed', reason: 'gone' });
    bench.engine.onFeeds([]);
    expect(bench.told.map(({ state }) => state)).toEqual(['firing', 'resolved']);
  });
});

describe('without any rule of the user', () => {
  it('two minutes without market data are told of, and their end', () => {
    const bench = new AlertBench();
    bench.feed('f1', { kind: 'live' });
    bench.feed('f1', { kind: 'disconnected', reason: 'cut', nextTryTime: null });
    bench.pass(119_000);
    expect(bench.told).toEqual([]);
    bench.pass(1_000);
    bench.feed('f1', { kind: 'live' });
    expect(bench.told.map(({ ruleId, state }) => [ruleId, state])).toEqual([
      ['feed-down', 'firing'],
      ['feed-down', 'resolved'],
    ]);
  });

  it('bots cost nothing while they are in the state that they were in', () => {
    const bench = new AlertBench();
    bench.bot('b1', { state: 'running' });
    const [all, one] = [vi.spyOn(bench.bots, 'values'), vi.spyOn(bench.bots, 'get')];
    bench.trade(100);
    bench.engine.onBot('b1', 'running');
    expect([all.mock.calls, one.mock.calls]).toEqual([[], []]);
  });

  it('a bot is told of that is not heard of for a minute', () => {
    const bench = new AlertBench();
    bench.bot('b1', { state: 'running' });
    bench.bot('b1', { state: 'silent' });
    bench.pass(60_000);
    expect(bench.told.map(({ ruleId, state }) => [ruleId, state])).toEqual([
      ['bot-silent', 'firing'],
    ]);
  });
});

describe('the hub', () => {
  it('has the three rules of the design from the start, which can be disabled, not removed', () => {
    const bench = new AlertBench();
    const { length } = bench.alerts.rules();
    expect(
      bench.alerts
        .rules()
        .filter(({ condition }) => condition.kind === 'hubHealth')
        .map(({ condition, forMs, severity }) => ({ condition, forMs, severity })),
    ).toEqual([
      {
        condition: { kind: 'hubHealth', measure: 'latencyP99Ms', above: 1_000 },
        ...{ forMs: 180_000, severity: 'critical' },
      },
      {
        condition: { kind: 'hubHealth', measure: 'disconnectsPerSecond', above: 10 },
        ...{ forMs: 300_000, severity: 'warning' },
      },
      {
        condition: { kind: 'hubHealth', measure: 'connections', above: 10_000 },
        ...{ forMs: 60_000, severity: 'warning' },
      },
    ]);
    expect(bench.alerts.removeRule('hub-latency')).toMatchObject({ ok: false });
    bench.alerts.updateRule({ ruleId: 'hub-latency', changes: { isEnabled: false } });
    bench.restart();
    expect(bench.alerts.rules()).toHaveLength(length);
    expect(bench.alerts.rules()[0]?.isEnabled).toBe(false);
  });

  it('is slow for three minutes, and loses more than ten clients a second for five', () => {
    const bench = new AlertBench();
    for (let report = 0; report <= 60; report += 1) {
      bench.metrics({ latencyP99: 1_001, disconnections: report * 55 });
      bench.pass(5_000);
    }
    expect(bench.told.map(({ ruleId, value }) => [ruleId, value])).toEqual([
      ['hub-latency', 1_001],
      // A rate needs two reports, so that its five minutes begin with the second.
      ['hub-disconnects', 11],
    ]);
    const [slow, lossy] = bench.told;
    expect((slow?.firedTime ?? 0) - (slow?.pendingTime ?? 0)).toBe(180_000);
    expect((lossy?.firedTime ?? 0) - (lossy?.pendingTime ?? 0)).toBe(300_000);
  });
});
