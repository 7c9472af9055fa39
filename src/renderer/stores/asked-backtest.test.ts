import { expect, it } from 'vitest';
import type { DeckView } from '#contract/replay-requests.ts';
import type { BotConfig } from '#domain/bot.ts';
import { askedBacktest } from './asked-backtest.ts';

const bot = (instrumentId: string) => ({ id: 'b1', instrumentId }) as BotConfig;
const deck = {
  ...{ id: 'd1', fromTime: 1_000, toTime: 9_000 },
  instruments: [{ id: 'd1_binance:BTC/USDT', sourceId: 'binance:BTC/USDT' }],
} as unknown as DeckView;

it('asks for a bot of ours over all that there is', () => {
  const asked = askedBacktest(bot('binance:BTC/USDT'), { decks: { d1: deck } });
  expect(asked).toEqual({ bot: bot('binance:BTC/USDT'), stretch: null });
});

it('asks for a bot of a deck over what the deck plays, on what it was recorded of', () => {
  expect(askedBacktest(bot('d1_binance:BTC/USDT'), { decks: { d1: deck } })).toEqual({
    bot: bot('binance:BTC/USDT'),
    stretch: { fromTime: 1_000, toTime: 9_000 },
  });
});
