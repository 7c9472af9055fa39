import { describe, expect, it } from 'vitest';
import { fail } from '#contract/errors.ts';
import type { AlertPolicy } from '#domain/alert.ts';
import { AlertBench, BTC, back, cross, ETH, LEVEL } from '../../../tests/fakes/alert-bench.ts';

const MINUTE = 60_000;
const SPREAD = { kind: 'spread', instrumentId: BTC, aboveBps: 10 } as const;

describe('groups', () => {
  const policy: Partial<AlertPolicy> = { groupBy: [], groupWaitMs: 1_000, groupIntervalMs: MINUTE };

  it('[A3] gather for group_wait before they are first told', () => {
    const bench = new AlertBench(policy);
    for (const level of [100, 101, 102]) bench.rule(LEVEL(level), { name: `at ${level}` });
    bench.trade(99);
    bench.trade(100);
    bench.pass(500);
    bench.trade(101);
    expect(bench.said).toEqual([]);
    bench.pass(500);
    expect(bench.said).toEqual(['firing 2 alerts']);
    expect(bench.messages[0]?.body).toBe('BTC/USDT rose to 100 · BTC/USDT rose to 101');
  });

  it('[A3] never tell of what was over before', () => {
    const bench = new AlertBench(policy);
    bench.rule(LEVEL(100));
    cross(bench);
    bench.pass(500);
    back(bench);
    bench.pass(10 * MINUTE, 10);
    expect(bench.said).toEqual([]);
    expect(bench.told.map(({ state }) => state)).toEqual(['firing', 'resolved']);
  });

  it('[A3] are of what is equal in the labels of group_by', () => {
    const bench = new AlertBench({ ...policy, groupBy: ['instrument'] });
    bench.rule(LEVEL(100), { name: 'one' });
    bench.rule(LEVEL(100), { name: 'two' });
    bench.rule({ ...LEVEL(100), instrumentId: ETH }, { name: 'other' });
    cross(bench);
    for (const price of [99, 100]) bench.trade(price, { id: ETH });
    bench.pass(1_000);
    expect(bench.said).toEqual(['firing 2 alerts', 'firing other']);
  });

  it('[A4] tell news at ticks of group_interval from then on, and nothing without news', () => {
    const bench = new AlertBench(policy);
    bench.rule(LEVEL(100), { name: 'one' });
    bench.rule(LEVEL(110), { name: 'two' });
    cross(bench);
    bench.pass(1_000);
    bench.trade(110);
    bench.pass(MINUTE - 1);
    expect(bench.said).toEqual(['firing one']);
    bench.pass(1);
    expect(bench.said).toEqual(['firing one', 'firing 2 alerts']);
    bench.pass(5 * MINUTE, 5);
    expect(bench.said).toHaveLength(2);
  });

  it('[A4] tell that an alert is over, where the policy says so', () => {
    for (const tellResolved of [true, false]) {
      const bench = new AlertBench({ ...policy, tellResolved });
      bench.rule(LEVEL(100), { name: 'one' });
      cross(bench);
      bench.pass(1_000);
      back(bench);
      bench.pass(2 * MINUTE, 2);
      const over = tellResolved ? ['resolved Over: one'] : [];
      expect(bench.said).toEqual(['firing one', ...over]);
    }
  });

  it('[A5] repeat what still fires after repeat_interval, at the next tick', () => {
    const bench = new AlertBench({ ...policy, repeatIntervalMs: 2.5 * MINUTE });
    bench.rule(LEVEL(100), { name: 'one' });
    cross(bench);
    bench.pass(1_000);
    bench.pass(2.9 * MINUTE, 29);
    expect(bench.said).toEqual(['firing one']);
    bench.pass(0.1 * MINUTE);
    expect(bench.said).toEqual(['firing one', 'repeat Still: one']);
    bench.pass(3 * MINUTE, 30);
    expect(bench.said).toHaveLength(3);
  });

  it('[A5] do not repeat what was acknowledged', () => {
    const bench = new AlertBench({ ...policy, repeatIntervalMs: MINUTE });
    bench.rule(LEVEL(100), { name: 'one' });
    cross(bench);
    bench.pass(1_000);
    const [seen] = bench.alerts.acknowledge(undefined);
    expect(seen?.acknowledgedTime).toBe(bench.clock.now());
    expect(bench.told.at(-1)).toEqual(seen);
    bench.pass(10 * MINUTE, 10);
    expect(bench.said).toEqual(['firing one']);
    expect(bench.alerts.acknowledge(undefined)).toEqual([]);
  });

  it('[A3] are made anew when the policy is changed, and tell nothing twice', () => {
    const bench = new AlertBench(policy);
    bench.rule(LEVEL(100), { name: 'one' });
    cross(bench);
    bench.pass(1_000);
    bench.alerts.setPolicy({ groupBy: ['rule'] });
    bench.pass(5 * MINUTE, 5);
    expect(bench.said).toEqual(['firing one']);
    expect(bench.alerts.policy()).toMatchObject({ groupBy: ['rule'], groupWaitMs: 1_000 });
  });
});

describe('a silence', () => {
  const silence = (bench: AlertBench, matchers: object, durationMs = 10 * MINUTE) =>
    bench.alerts.silence({ matchers, durationMs, comment: '' });

  it('[A6] keeps alerts from being told that all its matchers match', () => {
    const bench = new AlertBench();
    bench.rule(LEVEL(100), { name: 'silenced' });
    bench.rule(LEVEL(100), { name: 'critical', severity: 'critical' });
    silence(bench, { instrument: BTC, severity: 'info' });
    cross(bench);
    bench.pass(MINUTE);
    expect(bench.said).toEqual(['firing critical']);
    expect(bench.told).toHaveLength(2);
  });

  it('[A6] ends, and what still fires is told at the next tick', () => {
    const bench = new AlertBench();
    bench.rule(LEVEL(100), { name: 'one' });
    silence(bench, { kind: 'priceCross' }, 90_000);
    cross(bench);
    bench.pass(89_000, 89);
    expect(bench.said).toEqual([]);
    bench.pass(31_000, 31);
    expect(bench.said).toEqual(['firing one']);
    expect(bench.alerts.silences()).toEqual([]);
  });

  it('[A6] can be ended, and of what was over meanwhile nothing is told', () => {
    const bench = new AlertBench();
    bench.rule(LEVEL(100), { name: 'one' });
    const made = silence(bench, { exchange: 'demo' });
    if (!made.ok) throw new Error(made.error.message);
    cross(bench);
    back(bench);
    bench.pass(MINUTE);
    expect(bench.alerts.unsilence(made.value.id)).toMatchObject({ ok: true });
    expect(bench.alerts.unsilence(made.value.id)).toMatchObject({ error: { code: 'not_found' } });
    bench.pass(10 * MINUTE, 10);
    expect(bench.said).toEqual([]);
  });

  it('[A6] is there after a restart', () => {
    const bench = new AlertBench();
    bench.rule(LEVEL(100), { name: 'one' });
    silence(bench, { kind: 'priceCross' });
    bench.restart();
    cross(bench);
    bench.pass(MINUTE);
    expect(bench.said).toEqual([]);
  });
});

describe('inhibition', () => {
  const inhibitions = [
    { source: { kind: 'feedStale' }, target: { kind: 'spread' }, equal: ['exchange'] },
  ] as const;

  it('[A7] mutes a target while a source with equal labels fires', () => {
    const bench = new AlertBench({ inhibitions });
    bench.rule({ kind: 'feedStale', exchange: null }, { name: 'feed' });
    bench.rule(SPREAD, { name: 'wide' });
    bench.feed('f1', { kind: 'failed', reason: 'gone' });
    bench.quote(100, 101);
    bench.pass(1_000);
    expect(bench.said).toEqual(['firing feed']);
    bench.feed('f1', { kind: 'live' });
    bench.pass(MINUTE, 60);
    expect(bench.said).toEqual(['firing feed', 'resolved Over: feed', 'firing wide']);
  });

  it('[A7] does not reach what differs in them, nor mute two alerts by one another', () => {
    const both = { source: { instrument: BTC }, target: { instrument: BTC }, equal: [] };
    const bench = new AlertBench({ inhibitions: [both] });
    bench.rule(LEVEL(100), { name: 'one' });
    bench.rule(LEVEL(100), { name: 'two' });
    cross(bench);
    bench.pass(1_000);
    expect(bench.said).toEqual(['firing one', 'firing two']);
  });
});

describe('escalation', () => {
  const policy = { escalateAfterMs: 5 * MINUTE };

  it('[A8] tells once more of a critical alert that nobody acknowledged', () => {
    const bench = new AlertBench(policy);
    bench.rule(LEVEL(100), { name: 'one', severity: 'critical', sound: false });
    bench.rule(LEVEL(100), { name: 'two', severity: 'warning' });
    cross(bench);
    bench.pass(20 * MINUTE, 20);
    expect(bench.said).toEqual(['firing one', 'firing two', 'escalation Not acknowledged: one']);
    expect(bench.messages.at(-1)).toMatchObject({ sound: true, severity: 'critical' });
    expect(bench.told.at(-1)?.escalatedTime).not.toBeNull();
  });

  it('[A8] does not come for one that was acknowledged or is over', () => {
    const bench = new AlertBench(policy);
    bench.rule(LEVEL(100), { name: 'one', severity: 'critical' });
    bench.rule({ ...LEVEL(100), instrumentId: ETH }, { name: 'two', severity: 'critical' });
    cross(bench);
    for (const price of [99, 100]) bench.trade(price, { id: ETH });
    bench.pass(MINUTE);
    bench.alerts.acknowledge([bench.told[0]?.id ?? '']);
    bench.trade(99, { id: ETH });
    bench.pass(20 * MINUTE, 20);
    expect(bench.said.filter((line) => line.startsWith('escalation'))).toEqual([]);
  });

  it('[A8] waits while it is silenced, and comes after a restart', () => {
    const bench = new AlertBench(policy);
    bench.rule(LEVEL(100), { name: 'one', severity: 'critical' });
    cross(bench);
    bench.alerts.silence({ matchers: { kind: 'priceCross' }, durationMs: 6 * MINUTE, comment: '' });
    bench.pass(5 * MINUTE, 5);
    expect(bench.said).toEqual(['firing one']);
    bench.restart();
    bench.pass(7 * MINUTE, 7);
    expect(bench.said).toEqual(['firing one', 'escalation Not acknowledged: one']);
  });
});

describe('telling', () => {
  it('[A9] has a sound where the rule of one of them has', () => {
    const bench = new AlertBench();
    bench.rule(LEVEL(100), { name: 'quiet', sound: false });
    bench.rule(LEVEL(101), { name: 'loud', sound: true });
    bench.trade(99);
    bench.trade(101);
    expect(bench.messages.map(({ sound }) => sound)).toEqual([false, true]);
  });

  it('[A9] is tried out at once, past silences, and stands in the history as a test', () => {
    const bench = new AlertBench({ groupWaitMs: MINUTE });
    const rule = bench.rule(LEVEL(100), { name: 'one', severity: 'critical' });
    bench.alerts.silence({ matchers: { rule: rule.id }, durationMs: MINUTE, comment: '' });
    const tested = bench.alerts.testFire(rule.id);
    expect(tested).toMatchObject({ ok: true, value: { isTest: true, state: 'resolved' } });
    expect(bench.said).toEqual(['test Test: one']);
    expect(bench.alerts.deliveries()).toMatchObject([{ reason: 'test', error: null }]);
    bench.pass(20 * MINUTE, 20);
    expect(bench.said).toHaveLength(1);
    expect(bench.alerts.testFire('nobody')).toMatchObject({ error: { code: 'not_found' } });
  });

  it('[A9] that fails is recorded with the reason, be it said or thrown, now or later', async () => {
    const bench = new AlertBench();
    const rule = bench.rule(LEVEL(100));
    const outcomes = [
      () => fail('unavailable', 'no line'),
      () => {
        throw new Error('broken');
      },
      async () => fail('unavailable', 'no line, later'),
      async () => {
        throw new Error('broken later');
      },
    ];
    for (const outcome of outcomes) {
      bench.outcome = outcome;
      bench.pass(1);
      bench.alerts.testFire(rule.id);
    }
    await Promise.resolve();
    await Promise.resolve();
    expect(bench.alerts.deliveries().map(({ error }) => error)).toEqual([
      'broken later',
      'no line, later',
      'broken',
      'no line',
    ]);
  });

  it('[A9] goes on where the alert cannot be written', () => {
    const bench = new AlertBench();
    bench.rule(LEVEL(100), { name: 'one' });
    bench.store.failure = new Error('disk full');
    cross(bench);
    expect(bench.said).toEqual(['firing one']);
    expect(bench.failures).toEqual([bench.store.failure]);
    expect(bench.told).toEqual([]);
  });
});
