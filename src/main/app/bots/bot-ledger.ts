import { BOT_TOPICS, channel } from '#contract/channels.ts';
import type { Publishable } from '#contract/publications.ts';
import { invariant } from '#domain/assert.ts';
import { EXTERNAL_STRATEGY } from '#domain/bot.ts';
import type { Clock } from '#domain/clock.ts';
import type { BotChanges, BotRuntime, BotStore, StoredBot } from '#main/bots/bot-store.ts';
import type { Ledger } from '#main/storage/ledger.ts';

type LedgerBot = ReturnType<Ledger['bots']['list']>[number];

/**
 * The ledger as the bots see it: one step of a bot is one transaction, and what will be told of it
 * has its offset in that same transaction (rule B5).
 */
export function botLedger(ledger: Ledger, userId: string, clock: Clock): BotStore {
  const write = stepWriter(ledger, userId, (item) => ledger.channelLog.append(item, clock.now()));
  return {
    list: () =>
      ledger.bots
        .list()
        .filter(({ config }) => config.strategy !== EXTERNAL_STRATEGY)
        .map(fromLedger),
    insert: (bot) => ledger.bots.insert({ config: bot.config, runtime: toLedger(bot.runtime) }),
    remove: (botId) => removeBot(ledger, botId),
    openOrders: (botId) => ledger.orders.open(botId),
    position: (botId) => ledger.positions.list().find((position) => position.botId === botId),
    equity: ledger.equity,
    commit: (steps, tellings = []) =>
      ledger.transaction(() => {
        for (const telling of tellings) ledger.trails.tell(telling);
        for (const step of steps) write(step);
      }),
  };
}

type Log = (item: Publishable) => void;

/** Within a transaction. */
const stepWriter =
  (ledger: Ledger, userId: string, log: Log) =>
  ({ runtime, config, equityPoint, quarterEnds, ...step }: BotChanges): void => {
    if (config) invariant(ledger.bots.updateConfig(config), `${config.id} is in the ledger`);
    invariant(ledger.bots.saveRuntime(toLedger(runtime)), `${runtime.botId} is in the ledger`);
    // Only the state that an order ends a step in is kept.
    const last = new Map(step.orders.map((order) => [order.id, order]));
    for (const order of last.values()) ledger.orders.upsert(order);
    for (const order of step.orders) log({ of: 'order', order });
    for (const fill of step.fills) {
      ledger.fills.insert(fill);
      log({ of: 'fill', fill });
    }
    for (const trail of step.trail.placed) ledger.trails.insertOrder(trail);
    for (const { orderId, time } of step.trail.accepted) ledger.trails.accept(orderId, time);
    for (const trail of step.trail.filled) ledger.trails.insertFill(trail);
    if (step.position) ledger.positions.upsert(step.position);
    if (equityPoint) ledger.equity.append(equityPoint);
    for (const end of quarterEnds) ledger.equity.endQuarter(runtime.botId, end);
    for (const entry of step.logs) {
      ledger.botLogs.append(entry);
      log({ of: 'botLog', entry });
    }
    for (const notification of step.notifications) {
      ledger.notifications.insert(notification);
      log({ of: 'notification', userId, notification });
    }
  };

/** With all that it did, and all that was told of it. */
export function removeBot(ledger: Ledger, botId: string): void {
  ledger.transaction(() => {
    invariant(ledger.bots.remove(botId), `bot ${botId} is in the ledger`);
    ledger.channelLog.forget(BOT_TOPICS.map((topic) => channel.bot(botId, topic)));
  });
}

const toLedger = (runtime: BotRuntime): LedgerBot['runtime'] => ({
  ...runtime,
  strategyState: JSON.stringify(runtime.strategyState) ?? null,
  accountState: JSON.stringify(runtime.accountState) ?? null,
});

const fromLedger = ({ config, runtime }: LedgerBot): StoredBot => ({
  config,
  runtime: {
    ...runtime,
    strategyState: parsed(runtime.strategyState),
    accountState: parsed(runtime.accountState),
  },
});

/** It was read as JSON already: the ledger gives no other. */
const parsed = (json: string | null): unknown => (json === null ? undefined : JSON.parse(json));
