import { expect, it } from 'vitest';
import { channel } from '#contract/channels.ts';
import type { DeckView } from '#contract/replay-requests.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import { subscribeReply } from '#tests/fakes/fake-hub-transport.ts';
import { storesOnHub } from '#tests/fakes/stores-on-hub.ts';
import { BotSync } from './bot-sync.ts';
import { ReplaySync } from './replay-sync.ts';
import { createStores } from './stores.ts';
import { TickerSync } from './ticker-sync.ts';

const ID = 'd1_demo:BTC/USDT' as InstrumentId;
const DECK = {
  ...{ id: 'd1', state: 'paused', run: 1, botIds: [], seek: null },
  instruments: [{ id: ID, sourceId: 'demo:BTC/USDT' }],
} as unknown as DeckView;
const told = (...deckIds: string[]) => ({
  event: 'replay:decks' as const,
  payload: { channel: channel.replay, seq: 1, timestamp: 1 as EpochMs, deckIds },
});

/** A screen that looks at a deck, whose hub is then lost; it knows the given decks when it is back. */
async function backOnHub(...known: string[]) {
  const { transport, stores, frame, context } = storesOnHub(createStores());
  const parts = { tickers: new TickerSync(context), bots: new BotSync(context) };
  const replay = new ReplaySync(context, parts);
  transport.connect();
  await frame();
  transport.push(told('d1'));
  replay.take(DECK);
  const [selection] = stores.selections.all;
  selection?.setState({ selectedInstrumentId: ID });
  transport.lose();
  transport.answer('subscribe', (wanted) => {
    const knows = wanted.channel === channel.replay && known.length > 0;
    return subscribeReply(wanted.channel, {
      epoch: 'epoch-2',
      pushes: knows ? [told(...known)] : [],
    });
  });
  transport.connect();
  await frame();
  return {
    decks: Object.keys(stores.replay.getState().decks),
    instruments: stores.instruments.getState().deckInstruments.map(({ id }) => id),
    selected: selection?.getState().selectedInstrumentId,
  };
}

it('keeps a deck on screen over a loss of the connection', async () => {
  expect(await backOnHub('d1')).toEqual({ decks: ['d1'], instruments: [ID], selected: ID });
});

it('goes back to live where a hub that began anew tells of no deck', async () => {
  expect(await backOnHub()).toEqual({ decks: [], instruments: [], selected: null });
});
