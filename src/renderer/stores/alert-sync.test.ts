import { describe, expect, it } from 'vitest';
import { channel } from '#contract/channels.ts';
import type { Push } from '#contract/pushes.ts';
import type { DeckView } from '#contract/replay-requests.ts';
import type { Alert } from '#domain/alert.ts';
import type { AlertRule } from '#domain/alert-rule.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs, Price } from '#domain/units.ts';
import { storesOnHub } from '#tests/fakes/stores-on-hub.ts';
import { ALERTS_KEPT, alertLevelsOf, mergeAlerts } from './alert-store.ts';
import { AlertSync } from './alert-sync.ts';
import { createStores } from './stores.ts';

const BTC = 'demo:BTC/USDT' as InstrumentId;
const cross = (level: number, instrumentId = BTC) =>
  ({ kind: 'priceCross', instrumentId, level: level as Price, direction: 'up' }) as const;
const rule = (id: string, level: number, changes: Partial<AlertRule> = {}): AlertRule => ({
  ...{ id, name: id, condition: cross(level), severity: 'info', forMs: 0, cooldownMs: 1_000 },
  ...{ isEnabled: true, sound: false, isBuiltIn: false },
  ...{ createdTime: 1 as EpochMs, updatedTime: 1 as EpochMs },
  ...changes,
});
const alert = (id: string, fired: number, changes: Partial<Alert> = {}): Alert => ({
  ...{ id, ruleId: 'r1', ruleName: 'r1', severity: 'info', labels: { rule: 'r1' } },
  ...{ condition: cross(100), value: 100, state: 'firing', isTest: false, marketTime: null },
  ...{ pendingTime: fired as EpochMs, firedTime: fired as EpochMs, resolvedTime: null },
  ...{ acknowledgedTime: null, escalatedTime: null },
  ...changes,
});
const push = (name: string, seq: number, one: Alert): Push => ({
  event: 'alert',
  payload: { channel: name, seq, timestamp: 1 as EpochMs, ...one },
});
const rulesPush = (seq: number, rules: AlertRule[]): Push => ({
  event: 'alert:rules',
  payload: { channel: channel.alertRules, seq, timestamp: 1 as EpochMs, rules, silences: [] },
});
const deck = (run: number, state: DeckView['state'] = 'paused') =>
  ({ id: 'd1', run, state, alertRuleCount: 1 }) as DeckView;

function start() {
  const { transport, stores, frame, context } = storesOnHub(createStores(), {
    'alerts.list': (params) => ({
      items: (params as { activeOnly: boolean }).activeOnly
        ? [alert('old', 1)]
        : [alert('over', 2, { state: 'resolved' })],
      nextBefore: null,
    }),
    'alerts.listRules': () => ({
      rules: [rule('deck', 5, { condition: cross(5, 'd1_demo:BTC/USDT' as InstrumentId) })],
    }),
  });
  const sync = new AlertSync(context);
  transport.connect();
  return { transport, stores, sync, frame };
}

describe('alerts on the page', () => {
  it('are those that fire, however old, and the last that are over, kept current', async () => {
    const { transport, stores, frame } = start();
    await frame();
    const ids = () => stores.alerts.getState().alerts.map(({ id, state }) => `${id} ${state}`);
    expect(ids()).toEqual(['over resolved', 'old firing']);
    transport.push(push(channel.alerts, 1, alert('old', 1, { state: 'resolved' })));
    transport.push(push(channel.alerts, 2, alert('new', 3)));
    await frame();
    expect(ids()).toEqual(['new firing', 'over resolved', 'old resolved']);
  });

  it('has the price levels of an instrument, the same object until they change', async () => {
    const { transport, stores, frame } = start();
    await frame();
    transport.push(rulesPush(1, [rule('a', 100), rule('b', 110, { isEnabled: false })]));
    await frame();
    const first = alertLevelsOf(stores.alerts.getState(), BTC);
    expect(first.map(({ ruleId, price, isEnabled }) => [ruleId, price, isEnabled])).toEqual([
      ['a', 100, true],
      ['b', 110, false],
    ]);
    const spread = { kind: 'spread', instrumentId: BTC, aboveBps: 1 } as const;
    transport.push(
      rulesPush(2, [
        rule('a', 100),
        rule('b', 110, { isEnabled: false }),
        rule('c', 0, { condition: spread }),
      ]),
    );
    await frame();
    expect(alertLevelsOf(stores.alerts.getState(), BTC)).toBe(first);
    transport.push(rulesPush(3, [rule('a', 101)]));
    await frame();
    expect(alertLevelsOf(stores.alerts.getState(), BTC).map(({ price }) => price)).toEqual([101]);
    expect(alertLevelsOf(stores.alerts.getState(), null)).toEqual([]);
  });

  it('follows a deck’s own, and throws them away with its run', async () => {
    const { transport, stores, sync, frame } = start();
    await frame();
    const name = channel.replayAlerts('d1');
    const ofDeck = () => stores.alerts.getState().deckAlerts['d1']?.map(({ id }) => id);
    stores.replay.setState({ decks: { d1: deck(1) } });
    await frame();
    transport.push(push(name, 1, alert('d1_alert1', 5)));
    await frame();
    expect(ofDeck()).toEqual(['d1_alert1']);
    const shown = 'd1_demo:BTC/USDT' as InstrumentId;
    expect(alertLevelsOf(stores.alerts.getState(), shown)).toHaveLength(1);
    stores.replay.setState({ decks: { d1: deck(2, 'seeking') } });
    await frame();
    expect(ofDeck()).toBeUndefined();
    stores.replay.setState({ decks: { d1: deck(2) } });
    await frame();
    transport.push(push(name, 1, alert('d1_alert2', 6)));
    await frame();
    expect(ofDeck()).toEqual(['d1_alert2']);
    stores.replay.setState({ decks: {} });
    await frame();
    expect(ofDeck()).toBeUndefined();
    expect(alertLevelsOf(stores.alerts.getState(), shown)).toEqual([]);
    sync.stop();
  });
});

describe('mergeAlerts', () => {
  it('keeps all that fire, and of the rest the last', () => {
    const over = Array.from({ length: ALERTS_KEPT + 10 }, (_, index) =>
      alert(`over${index}`, 10 + index, { state: 'resolved' }),
    );
    const merged = mergeAlerts([alert('firing', 1)], over);
    expect(merged).toHaveLength(ALERTS_KEPT + 1);
    expect(merged.at(-1)?.id).toBe('firing');
  });
});
