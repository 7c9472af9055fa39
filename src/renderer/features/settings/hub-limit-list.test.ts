import { describe, expect, it } from 'vitest';
import type { HubLimitChanges, HubLimits, HubLimitsView } from '#contract/hub-limits.ts';
import {
  PLAIN_LIMITS,
  plainProblem,
  rateAt,
  ratePlaces,
  withLimit,
  withRate,
} from './hub-limit-list.ts';

const RATE = { count: 20, periodMs: 1_000 };
const SLOW = { count: 1, periodMs: 1_000 };
const DEFAULTS: HubLimits = {
  ...{ connections: 100, connectionsPerUser: 3, subscriptionsPerConnection: 256 },
  ...{ messageBytes: 10_240, authenticationTimeoutMs: 10_000, pingIntervalMs: 25_000 },
  ...{ pingTimeoutMs: 35_000, eventRate: RATE, refusalRate: RATE },
  eventRates: { 'desk:send': SLOW },
};

const TALK = { of: 'eventRates', event: 'desk:send' } as const;

describe('the limits of the hub, as they are changed', () => {
  it('are all shown, those of events that were added by hand too', () => {
    const view: HubLimitsView = {
      ...{ inUse: DEFAULTS, defaults: DEFAULTS },
      kept: { eventRates: { authenticate: SLOW } },
    };
    const shown = [
      ...PLAIN_LIMITS.map(({ name }) => name),
      ...ratePlaces(view).map(({ of }) => of),
    ];
    expect(new Set(shown)).toEqual(new Set(Object.keys(DEFAULTS)));
    expect(ratePlaces(view)).toContainEqual({ of: 'eventRates', event: 'authenticate' });
  });

  it('keep what is not as by default, and nothing else', () => {
    const changed = withRate(withLimit({}, 'connections', 20), TALK, RATE);
    expect(changed).toEqual({ connections: 20, eventRates: { 'desk:send': RATE } });
    expect(rateAt(changed, TALK)).toEqual(RATE);
    expect(withRate(changed, TALK, undefined)).toEqual({ connections: 20 });
    expect(withLimit(changed, 'connections', undefined)).not.toHaveProperty('connections');
    const both: HubLimitChanges = { eventRates: { 'desk:send': RATE, authenticate: SLOW } };
    expect(withRate(both, TALK, undefined)).toEqual({ eventRates: { authenticate: SLOW } });
    expect(withRate({ refusalRate: SLOW }, { of: 'refusalRate' }, undefined)).toEqual({});
  });

  it('say what is wrong with a value as the contract says it', () => {
    expect(plainProblem('connections', 20)).toBeNull();
    expect(plainProblem('connections', 0)).toMatch(/>=1/);
    expect(plainProblem('pingTimeoutMs', 10)).toMatch(/>=1000/);
    expect(plainProblem('messageBytes', null)).not.toBeNull();
  });
});
