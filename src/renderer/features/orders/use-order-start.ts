import { useState } from 'react';
import { deckOfBot } from '#contract/decks.ts';
import { decimalsOf } from '#domain/instrument.ts';
import { useSelection, useStores } from '../../app/app-context.ts';
import { isOwn } from '../../stores/bot-standing.ts';
import type { BotRecord } from '../../stores/bot-store.ts';
import { instrumentById } from '../../stores/instrument-store.ts';
import type { OrderForm } from './order-figures.ts';

interface FormStart {
  readonly bots: readonly BotRecord[];
  readonly initial: OrderForm;
}

/** What the form begins with, as things are when it is opened; null where no bot could have an order. */
export function useOrderStart(): FormStart | null {
  const { bots, dialogs, instruments } = useStores();
  const { selectedBotId, selectedInstrumentId } = useSelection();
  const [start] = useState((): FormStart | null => {
    const { order } = dialogs.getState();
    const all = Object.values(bots.getState().bots).filter(isOwn);
    const able = all.filter(({ config: { id, instrumentId } }) =>
      order === null ? deckOfBot(id) === undefined : instrumentId === order.instrumentId,
    );
    const bot =
      able.find(({ config }) => config.id === selectedBotId) ??
      able.find(({ config }) => config.instrumentId === selectedInstrumentId) ??
      able[0];
    if (bot === undefined) return null;
    const instrument = instrumentById(instruments.getState(), bot.config.instrumentId);
    const price = order?.price.toFixed(decimalsOf(instrument?.priceIncrement ?? 1)) ?? '';
    const initial: OrderForm = {
      ...{ botId: bot.config.id, type: order?.type ?? 'limit', side: order?.side ?? 'buy' },
      ...{ quantity: lastQuantityOf(bot), limitPrice: price, triggerPrice: price },
      ...{ trailingOffset: '', abovePrice: '', belowPrice: '' },
      ...{ postOnly: false, reduceOnly: false },
    };
    return { bots: able, initial };
  });
  return start;
}

/** As much as it traded last: most want that again. */
const lastQuantityOf = ({ fills, openOrders }: BotRecord): string =>
  openOrders[0]?.quantity ?? fills[0]?.quantity ?? '';
