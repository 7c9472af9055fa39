import { isOpen, type Order } from '#domain/order.ts';
import type { Position } from '#domain/position.ts';
import type { BotChanges, BotStore } from '#main/bots/bot-store.ts';

/** Where a backtest's one bot is kept: in memory, no more of it than the bot itself asks for. */
export function backtestBotStore(onStep: (changes: BotChanges) => void): BotStore {
  const open = new Map<string, Order>();
  let position: Position | undefined;
  return {
    list: () => [],
    insert: () => undefined,
    remove: () => undefined,
    openOrders: () => [...open.values()],
    position: () => position,
    // The report has a curve of its own.
    equity: null,
    commit: (steps) => {
      for (const changes of steps) {
        position = changes.position ?? position;
        for (const order of changes.orders) {
          if (isOpen(order)) open.set(order.id, order);
          else open.delete(order.id);
        }
        onStep(changes);
      }
    },
  };
}
