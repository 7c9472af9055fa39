import { alertPolicySchema } from '#contract/alert-model.ts';
import { invariant } from '#domain/assert.ts';
import type { Clock } from '#domain/clock.ts';
import type { Notification } from '#domain/notification.ts';
import type { AlertStore } from '#main/alerts/alert-store.ts';
import type { Ledger } from '#main/storage/ledger.ts';

const POLICY = 'alertPolicy';

/**
 * The ledger as alerts see it: what will be told of an alert has its offset in the transaction that
 * writes the alert itself (rule B5).
 */
export function alertLedger(ledger: Ledger, clock: Clock): AlertStore {
  return {
    rules: () => ledger.alertRules.list(),
    insertRule: (rule) => ledger.alertRules.insert(rule),
    updateRule: (rule) => {
      invariant(ledger.alertRules.update(rule), `alert rule ${rule.id} is in the ledger`);
    },
    removeRule: (id) => {
      invariant(ledger.alertRules.remove(id), `alert rule ${id} is in the ledger`);
    },
    memory: (ruleId) => ledger.alertRules.memory(ruleId),
    remember: (memories) =>
      ledger.transaction(() => {
        for (const [ruleId, memory] of memories) ledger.alertRules.remember(ruleId, memory);
      }),
    save: (alert) =>
      ledger.transaction(() => {
        ledger.alerts.save(alert);
        ledger.channelLog.append({ of: 'alert', alert }, clock.now());
      }),
    firing: () => ledger.alerts.firing(),
    list: (request) => ledger.alerts.list(request),
    markTold: (ids, time) => ledger.alerts.markTold(ids, time),
    silences: (time) => ledger.alertSilences.list(time),
    insertSilence: (silence) => ledger.alertSilences.insert(silence),
    removeSilence: (id) => ledger.alertSilences.remove(id),
    policy: () => ledger.settings.get(POLICY, alertPolicySchema),
    savePolicy: (policy) => ledger.settings.set(POLICY, policy),
    appendDelivery: (delivery) => ledger.alertDeliveries.append(delivery),
    deliveries: () => ledger.alertDeliveries.list(),
  };
}

/** Writes a notification with its place in the user's channel; false where it is there already. */
export const notificationWriter =
  (ledger: Ledger, userId: string, clock: Clock) =>
  (notification: Notification): boolean =>
    ledger.transaction(() => {
      if (!ledger.notifications.insertNew(notification)) return false;
      ledger.channelLog.append({ of: 'notification', userId, notification }, clock.now());
      return true;
    });
