import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Alert } from '#domain/alert.ts';
import type { AlertRule } from '#domain/alert-rule.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Notification } from '#domain/notification.ts';
import type { EpochMs, Price } from '#domain/units.ts';
import { KEPT_DELIVERIES } from './alert-delivery-repository.ts';
import { KEPT_ALERTS } from './alert-repository.ts';
import { type Ledger, openLedger } from './ledger.ts';

const time = (ms: number) => ms as EpochMs;
const CROSS = {
  kind: 'priceCross',
  instrumentId: 'a:B/C' as InstrumentId,
  level: 100 as Price,
  direction: 'up',
} as const;
const RULE: AlertRule = {
  ...{ id: 'r1', name: 'Level', condition: CROSS, severity: 'critical' },
  ...{ forMs: 5, cooldownMs: 1_000, isEnabled: true, sound: false, isBuiltIn: false },
  ...{ createdTime: time(1), updatedTime: time(2) },
};
const alertAt = (firedMs: number, changes: Partial<Alert> = {}): Alert => ({
  ...{ id: `a${firedMs}`, ruleId: 'r1', ruleName: 'Level', severity: 'critical' },
  labels: { rule: 'r1', instrument: 'a:B/C' },
  ...{ condition: CROSS, value: 100.5, state: 'firing' },
  ...{ pendingTime: time(firedMs - 5), firedTime: time(firedMs), marketTime: time(7.5) },
  ...{ resolvedTime: null, acknowledgedTime: null, escalatedTime: null, isTest: false },
  ...changes,
});

describe('alerts in the ledger', () => {
  let root: string;
  let ledger: Ledger;

  const open = (): Ledger => {
    const opened = openLedger(join(root, 'ledger.db'), {
      onDamage: ({ reason }) => expect.unreachable(reason),
    });
    if (!opened.ok) throw new Error(opened.error.message);
    return opened.value;
  };
  const reopen = (): void => {
    ledger.close();
    ledger = open();
  };
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tapedeck-alerts-'));
    ledger = open();
  });
  afterEach(() => {
    ledger.close();
    rmSync(root, { recursive: true });
  });

  it('keeps rules as they are, with what watching them remembers', () => {
    ledger.alertRules.insert(RULE);
    ledger.alertRules.remember('r1', { peak: 1.5 });
    const changed = { ...RULE, name: 'Other', sound: true, isEnabled: false };
    expect(ledger.alertRules.update(changed)).toBe(true);
    expect(ledger.alertRules.update({ ...RULE, id: 'r2' })).toBe(false);
    reopen();
    expect(ledger.alertRules.list()).toEqual([changed]);
    expect(ledger.alertRules.memory('r1')).toEqual({ peak: 1.5 });
    expect(ledger.alertRules.remove('r1')).toBe(true);
    expect(ledger.alertRules.memory('r1')).toBeUndefined();
  });

  it('keeps what fires with when it was told, and pages through all of it', () => {
    for (const firedMs of [10, 20, 30]) ledger.alerts.save(alertAt(firedMs));
    const over = alertAt(20, { state: 'resolved', resolvedTime: time(25) });
    ledger.alerts.save(over);
    ledger.alerts.save(alertAt(40, { ruleId: 'r2', state: 'resolved', isTest: true }));
    ledger.alerts.markTold(['a30'], time(31));
    ledger.alerts.save(alertAt(30, { acknowledgedTime: time(32) }));
    reopen();
    expect(ledger.alerts.firing()).toEqual([
      { alert: alertAt(10), toldTime: null },
      { alert: alertAt(30, { acknowledgedTime: time(32) }), toldTime: time(31) },
    ]);
    const ids = (request: object) => {
      const page = ledger.alerts.list({ limit: 2, ...request });
      if (!page.ok) throw new Error(page.error.message);
      return [page.value.items.map(({ id }) => id), page.value.nextBefore] as const;
    };
    const [first, before] = ids({});
    expect(first).toEqual(['a40', 'a30']);
    expect(ids({ before })[0]).toEqual(['a20', 'a10']);
    expect(ids({ activeOnly: true })[0]).toEqual(['a30', 'a10']);
    expect(ids({ ruleId: 'r2' })[0]).toEqual(['a40']);
    const ofMarket = (fromTime: number, toTime: number, ...instrumentIds: string[]) =>
      ids({ span: { fromTime, toTime }, instrumentIds, limit: 9 })[0];
    ledger.alerts.save(alertAt(50, { marketTime: null }));
    expect(ofMarket(7.5, 8, 'x:Y/Z', 'a:B/C')).toEqual(['a40', 'a30', 'a20', 'a10']);
    expect(ofMarket(0, 7.5, 'a:B/C')).toEqual([]);
    expect(ofMarket(50, 51, 'a:B/C')).toEqual(['a50']);
    expect(ofMarket(0, 99, 'x:Y/Z')).toEqual([]);
    expect(ledger.alerts.get('a20')).toEqual(over);
  });

  it('lets go of the oldest that are over, and of none that fires', () => {
    ledger.transaction(() => {
      ledger.alerts.save(alertAt(5));
      for (let at = 10; at < 10 + KEPT_ALERTS + 200; at += 1) {
        ledger.alerts.save(alertAt(at, { state: 'resolved' }));
      }
    });
    expect(ledger.alerts.get('a5')?.state).toBe('firing');
    expect(ledger.alerts.get('a10')).toBeNull();
    expect(ledger.alerts.get(`a${10 + KEPT_ALERTS + 199}`)).not.toBeNull();
  });

  it('keeps silences until they end', () => {
    const silence = { matchers: { bot: 'b1' }, comment: 'sleep', startTime: time(1) };
    ledger.alertSilences.insert({ ...silence, id: 's1', endTime: time(10) });
    ledger.alertSilences.insert({ ...silence, id: 's2', endTime: time(20) });
    reopen();
    expect(ledger.alertSilences.list(time(10)).map(({ id }) => id)).toEqual(['s2']);
    expect(ledger.alertSilences.list(time(9))).toHaveLength(2);
    expect(ledger.alertSilences.remove('s2')).toBe(true);
    expect(ledger.alertSilences.remove('s2')).toBe(false);
  });

  it('[A9] keeps the last 200 deliveries, with failures', () => {
    for (let id = 1; id <= KEPT_DELIVERIES + 30; id += 1) {
      ledger.alertDeliveries.append({
        ...{ id: `d${id}`, time: time(id), routeId: 'inApp', reason: 'firing', title: 'Level' },
        ...{ alertIds: ['a1'], error: id % 2 === 0 ? 'no line' : null },
      });
    }
    reopen();
    const kept = ledger.alertDeliveries.list();
    expect(KEPT_DELIVERIES).toBe(200);
    expect(kept).toHaveLength(200);
    expect(kept[0]).toMatchObject({ id: 'd230', error: 'no line', alertIds: ['a1'] });
    expect(kept.at(-1)?.id).toBe('d31');
  });

  it('keeps whether a notification is heard, and writes one id once', () => {
    const notification: Notification = {
      ...{ id: 'n1', kind: 'alert', severity: 'warning', title: 'Level', body: '' },
      ...{ source: { alertId: 'a1' }, sound: true, read: false, createdTime: time(1) },
    };
    expect(ledger.notifications.insertNew(notification)).toBe(true);
    expect(ledger.notifications.insertNew(notification)).toBe(false);
    expect(ledger.notifications.list({ limit: 10 })).toMatchObject({
      value: { items: [notification] },
    });
  });
});
