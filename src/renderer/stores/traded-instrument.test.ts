import { describe, expect, it } from 'vitest';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import type { BotRecord } from './bot-store.ts';
import { createInstrumentStore } from './instrument-store.ts';
import { createSelectionStore, selectBot, selectInstrument } from './selection-store.ts';
import { tradedInstrument } from './traded-instrument.ts';

const BTC = 'demo:BTC/USDT' as InstrumentId;
const ETH = 'demo:ETH/USDT' as InstrumentId;
const bot = (instrumentId: string) => ({ config: { instrumentId } }) as BotRecord;

describe('a bot that is chosen', () => {
  const bots = { eth: bot(ETH), elsewhere: bot('other:SOL/USDT') };
  const instruments = {
    ...createInstrumentStore().getState(),
    watchlist: [BTC, ETH].map((id) => ({ id }) as Instrument),
  };
  const choose = (botId: string) => {
    const selection = createSelectionStore();
    selectInstrument(selection, BTC);
    selectBot(selection, botId, tradedInstrument(botId, { bots }, instruments));
    return selection.getState();
  };

  it('takes the linked panels to what it trades', () => {
    expect(choose('eth')).toMatchObject({ selectedBotId: 'eth', selectedInstrumentId: ETH });
  });

  it('leaves them where they are if nothing can be shown of that', () => {
    expect(choose('elsewhere').selectedInstrumentId).toBe(BTC);
    expect(choose('not known yet')).toMatchObject({ selectedInstrumentId: BTC });
  });
});
