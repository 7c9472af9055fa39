import { describe, expect, it } from 'vitest';
import { AlertBench, back, cross, LEVEL } from '../../../tests/fakes/alert-bench.ts';

const MINUTE = 60_000;

describe('for', () => {
  it('[A1] fires when the condition has held for so long, at that very time', () => {
    const bench = new AlertBench();
    bench.rule(LEVEL(100), { forMs: 10_000 });
    cross(bench);
    const start = bench.clock.now();
    bench.pass(9_999);
    expect(bench.told).toHaveLength(0);
    // Nobody looked for a while: it is told of late, and knows when it was.
    bench.pass(5_001);
    expect(bench.told).toMatchObject([{ pendingTime: start, firedTime: start + 10_000 }]);
  });

  it('[A1] begins anew when the condition does not hold meanwhile', () => {
    const bench = new AlertBench();
    bench.rule(LEVEL(100), { forMs: 10_000 });
    cross(bench);
    bench.pass(6_000);
    back(bench);
    cross(bench);
    bench.pass(9_000);
    expect(bench.told).toHaveLength(0);
    bench.pass(1_000);
    expect(bench.told).toHaveLength(1);
  });
});

describe('cooldown', () => {
  it('[A2] keeps a rule from firing again too soon; what still holds at its end fires then', () => {
    const bench = new AlertBench();
    bench.rule(LEVEL(100), { cooldownMs: 30_000 });
    cross(bench);
    const first = bench.clock.now();
    back(bench);
    bench.pass(10_000);
    cross(bench);
    back(bench);
    bench.pass(10_000);
    cross(bench);
    expect(bench.told.map(({ state }) => state)).toEqual(['firing', 'resolved']);
    bench.pass(10_000);
    expect(bench.told.at(-1)).toMatchObject({ state: 'firing', firedTime: first + 30_000 });
  });

  it('[A2] is of each thing that the rule is about', () => {
    const bench = new AlertBench();
    bench.rule({ kind: 'botState', botId: null, states: ['silent'] }, { cooldownMs: MINUTE });
    bench.bot('b1', { state: 'silent' });
    bench.bot('b2', { state: 'silent' });
    expect(bench.told).toHaveLength(2);
  });
});

describe('a restart', () => {
  it('[A10] neither fires nor tells again, and knows what is over', () => {
    const bench = new AlertBench();
    bench.rule(LEVEL(100), { name: 'one' });
    cross(bench);
    bench.restart();
    bench.trade(101);
    bench.pass(10 * MINUTE, 10);
    expect(bench.said).toEqual(['firing one']);
    back(bench);
    expect(bench.told.map(({ state }) => state)).toEqual(['firing', 'resolved']);
    bench.pass(MINUTE);
    expect(bench.said).toEqual(['firing one', 'resolved Over: one']);
  });

  it('[A10] tells what had fired and was not told yet', () => {
    const bench = new AlertBench({ groupWaitMs: 5_000 });
    bench.rule(LEVEL(100), { name: 'one' });
    cross(bench);
    bench.restart();
    bench.pass(5_000);
    expect(bench.said).toEqual(['firing one']);
  });

  it('[A10] keeps the cooldown, and what was crossed while nobody looked', () => {
    const bench = new AlertBench();
    bench.rule(LEVEL(100), { cooldownMs: MINUTE });
    cross(bench);
    back(bench);
    bench.alerts.remember();
    bench.restart();
    bench.trade(105);
    expect(bench.told).toHaveLength(2);
    bench.pass(MINUTE);
    expect(bench.told).toHaveLength(3);
  });
});

describe('a rule', () => {
  it('begins anew when what it watches is changed: what fired of it is over, and nobody is told', () => {
    const bench = new AlertBench();
    const { id: ruleId } = bench.rule(LEVEL(100), { name: 'one' });
    cross(bench);
    const moved = bench.alerts.updateRule({ ruleId, changes: { condition: LEVEL(110) } });
    expect(moved).toMatchObject({ ok: true, value: { condition: { level: 110 }, name: 'one' } });
    expect(bench.told.map(({ state }) => state)).toEqual(['firing', 'resolved']);
    bench.trade(105);
    bench.trade(111);
    expect(bench.told.at(-1)).toMatchObject({ state: 'firing', condition: { level: 110 } });
    bench.pass(10 * MINUTE, 10);
    expect(bench.said).toEqual(['firing one', 'firing one']);
  });

  it('goes on when it is only renamed', () => {
    const bench = new AlertBench();
    const { id: ruleId } = bench.rule(LEVEL(100), { name: 'one' });
    cross(bench);
    bench.alerts.updateRule({ ruleId, changes: { name: 'other', sound: false } });
    expect(bench.told).toHaveLength(1);
    back(bench);
    bench.pass(MINUTE);
    cross(bench);
    expect(bench.told.map(({ ruleName }) => ruleName)).toEqual(['one', 'one', 'other']);
  });

  it('is silent while disabled, and gone when removed', () => {
    const bench = new AlertBench();
    const { id: ruleId } = bench.rule(LEVEL(100), { isEnabled: false });
    cross(bench);
    expect(bench.told).toEqual([]);
    bench.alerts.updateRule({ ruleId, changes: { isEnabled: true } });
    cross(bench);
    expect(bench.told).toHaveLength(1);
    expect(bench.alerts.removeRule(ruleId)).toMatchObject({ ok: true });
    expect(bench.told.at(-1)?.state).toBe('resolved');
    back(bench);
    cross(bench);
    expect(bench.told).toHaveLength(2);
    expect(bench.alerts.removeRule(ruleId)).toMatchObject({ error: { code: 'not_found' } });
    expect(bench.alerts.updateRule({ ruleId, changes: {} })).toMatchObject({ ok: false });
  });
});

describe('looking at it more or less often', () => {
  it('[T5] gives the same alerts and the same messages at the same times', () => {
    const outcomes = [1, 7, 100].map((steps) => {
      const bench = new AlertBench({ groupWaitMs: 700, groupIntervalMs: 5_000 });
      bench.rule(LEVEL(100), { name: 'one', forMs: 1_300, severity: 'critical' });
      bench.rule(LEVEL(101, 'either'), { name: 'two', cooldownMs: 4_000 });
      for (const price of [99, 101, 102, 100, 99, 103, 100.5, 101]) {
        bench.trade(price);
        bench.pass(2_100, steps);
      }
      bench.pass(20 * MINUTE, steps);
      return { told: bench.told, messages: bench.messages };
    });
    expect(outcomes[0]?.told.length).toBeGreaterThan(5);
    expect(outcomes[1]).toEqual(outcomes[0]);
    expect(outcomes[2]).toEqual(outcomes[0]);
  });
});

describe('a clock that is set back by an hour', () => {
  const setBack = (bench: AlertBench) => {
    bench.clock.jump(-60 * MINUTE);
    // Live it is looked at ten times a second.
    bench.engine.advance();
  };

  it('[A1] puts off nothing that is pending', () => {
    const bench = new AlertBench();
    bench.rule(LEVEL(100), { forMs: 10_000 });
    cross(bench);
    bench.pass(4_000);
    setBack(bench);
    bench.pass(5_900);
    expect(bench.told).toHaveLength(0);
    bench.pass(200);
    expect(bench.told).toHaveLength(1);
  });

  it('[A2] makes no cooldown longer than it is', () => {
    const bench = new AlertBench();
    bench.rule(LEVEL(100), { cooldownMs: MINUTE });
    cross(bench);
    back(bench);
    const at = bench.clock.now();
    setBack(bench);
    // The market's clock goes on.
    bench.trade(101, { at });
    bench.pass(MINUTE);
    expect(bench.told.map(({ state }) => state)).toEqual(['firing', 'resolved', 'firing']);
  });

  it('[A3] [A5] holds up neither what a group has to tell nor its repetition', () => {
    const bench = new AlertBench({ groupWaitMs: 10_000, groupIntervalMs: MINUTE });
    bench.alerts.setPolicy({ repeatIntervalMs: 5 * MINUTE });
    bench.rule(LEVEL(100), { name: 'one' });
    cross(bench);
    setBack(bench);
    bench.pass(10_000);
    expect(bench.said).toEqual(['firing one']);
    setBack(bench);
    bench.pass(6 * MINUTE, 60);
    expect(bench.said).toEqual(['firing one', 'repeat Still: one']);
  });

  it('[A10] keeps no escalation waiting that was to come after a restart', () => {
    const bench = new AlertBench({ escalateAfterMs: 5 * MINUTE });
    bench.rule(LEVEL(100), { name: 'one', severity: 'critical' });
    cross(bench);
    setBack(bench);
    bench.restart();
    bench.pass(5 * MINUTE, 5);
    expect(bench.said).toContain('escalation Not acknowledged: one');
  });
});
