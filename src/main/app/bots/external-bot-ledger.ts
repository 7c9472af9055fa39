import { z } from 'zod';
import { decimalStringSchema } from '#contract/decimals.ts';
import { epochMsSchema } from '#contract/model.ts';
import type { Publishable } from '#contract/publications.ts';
import { invariant } from '#domain/assert.ts';
import { BOT_CAPABILITIES, EXTERNAL_STRATEGY } from '#domain/bot.ts';
import type { Clock } from '#domain/clock.ts';
import { isOpen, type Order } from '#domain/order.ts';
import { isSameState } from '#domain/reported-order-state.ts';
import type { EpochMs } from '#domain/units.ts';
import type {
  ExternalBotStore,
  ExternalRuntime,
  StoredExternalBot,
} from '#main/bots/external-bot-store.ts';
import type { Ledger } from '#main/storage/ledger.ts';
import type { OrderStanding } from '#main/storage/order-repository.ts';
import { removeBot } from './bot-ledger.ts';

/** A record sent again after so long counts as a new one; its fills and orders still do not. */
const RECORDS_KEPT_MS = 7 * 24 * 3_600_000;
/** More go with each record than come, so that the old ones run out. */
const FORGOTTEN_PER_RECORD = 2;

type LedgerBot = ReturnType<Ledger['bots']['list']>[number];

/** Kept as the state of its strategy. */
const keptSchema = z.object({
  equity: decimalStringSchema,
  realizedPnl: decimalStringSchema,
  unrealizedPnl: decimalStringSchema,
  fees: decimalStringSchema,
  capabilities: z.array(z.enum(BOT_CAPABILITIES)).default([]),
  stop: z.object({ commandId: z.string(), endTime: epochMsSchema }).nullable().default(null),
});

/** The ledger as external bots see it. What they say of their money stands as strategy state. */
export function externalBotLedger(ledger: Ledger, userId: string, clock: Clock): ExternalBotStore {
  // In the transaction of the thing itself (rule B5).
  const log = (item: Publishable) => ledger.channelLog.append(item, clock.now());
  let insertedSinceForgetting = 0;
  const forgetOld = (now: EpochMs): void => {
    insertedSinceForgetting += 1;
    if (insertedSinceForgetting < FORGET_EVERY) return;
    insertedSinceForgetting = 0;
    const before = (now - RECORDS_KEPT_MS) as EpochMs;
    ledger.botRecords.forgetBefore(before, FORGET_EVERY * FORGOTTEN_PER_RECORD);
  };
  return {
    list: () => listExternal(ledger),
    transaction: (work) => ledger.transaction(work),
    insert: ({ config, runtime }) => ledger.bots.insert({ config, runtime: toLedger(runtime) }),
    updateConfig: (config) => {
      invariant(ledger.bots.updateConfig(config), `bot ${config.id} is in the ledger`);
    },
    saveRuntime: (runtime) => {
      invariant(ledger.bots.saveRuntime(toLedger(runtime)), `${runtime.botId} is in the ledger`);
    },
    insertRecord: (botId, recordId, time) => {
      forgetOld(time);
      return ledger.botRecords.insert(botId, recordId, time);
    },
    hasRecord: (botId, recordId) => ledger.botRecords.has(botId, recordId),
    insertFill: (fill, reportedTime) => {
      const isNew = ledger.fills.insertNew(fill, reportedTime);
      if (isNew) log({ of: 'fill', fill });
      return isNew;
    },
    upsertOrder: (order) => {
      const known = ledger.orders.standing(order.id);
      const isLate = known !== undefined && isAfterItsEnd(known, order);
      if (!isLate) ledger.orders.upsert(order);
      const before = isLate ? ledger.orderStates.of(order.id).at(-1) : known;
      if (!before || !isSameState(before, order)) ledger.orderStates.add(order, clock.now());
      if (!isLate) log({ of: 'order', order });
      return !isLate;
    },
    upsertPosition: (position) => ledger.positions.upsert(position),
    equity: ledger.equity,
    appendLog: (entry) => {
      ledger.botLogs.append(entry);
      log({ of: 'botLog', entry });
    },
    insertNotification: (notification) => {
      ledger.notifications.insert(notification);
      log({ of: 'notification', userId, notification });
    },
    remove: (botId) => removeBot(ledger, botId),
  };
}

const FORGET_EVERY = 1_000;

/** Told late, of a time when it was still open. */
const isAfterItsEnd = (known: OrderStanding, order: Order): boolean =>
  isOpen(order) && !isOpen(known) && known.updatedTime >= order.updatedTime;

function listExternal(ledger: Ledger): StoredExternalBot[] {
  const positions = ledger.positions.list();
  return ledger.bots
    .list()
    .filter(({ config }) => config.strategy === EXTERNAL_STRATEGY)
    .map(({ config, runtime }) => ({
      config,
      runtime: fromLedger(runtime),
      positions: positions.filter(({ botId }) => botId === config.id),
      openOrderIds: ledger.orders.open(config.id).map(({ id }) => id),
    }));
}

/** Its orders are executed elsewhere. */
const NO_RUN = {
  ...{ accountState: null, orderSequence: 0 },
  ...{ pausedBy: null, reason: null, isClosing: false },
};

const toLedger = ({
  money,
  capabilities,
  stop,
  ...runtime
}: ExternalRuntime): LedgerBot['runtime'] => {
  const { cash, ...rest } = money;
  const strategyState = JSON.stringify({ ...rest, capabilities, stop });
  return { ...runtime, cash, strategyState, ...NO_RUN };
};

const NOTHING_KNOWN = keptSchema.parse({
  equity: '0',
  realizedPnl: '0',
  unrealizedPnl: '0',
  fees: '0',
});

/** What cannot be read back is unknown until the bot says it again. */
function fromLedger(stored: LedgerBot['runtime']): ExternalRuntime {
  const { botId, state, error, strategyState, cash, performance, fillCount, lastFillTime } = stored;
  const read = keptSchema.safeParse(strategyState === null ? null : JSON.parse(strategyState));
  const { capabilities, stop, ...rest } = read.data ?? NOTHING_KNOWN;
  const money = { cash, ...rest };
  return { botId, state, error, money, performance, fillCount, lastFillTime, capabilities, stop };
}
