import { expect, it } from 'vitest';
import type { InstrumentId } from '#domain/instrument.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import type { SubscribedMarket } from './subscribed-market.ts';
import { Subscriptions } from './subscriptions.ts';

/** One market that Deriv says is closed, and how often it was asked about. */
async function closedMarket() {
  const clock = new FakeClock();
  let asked = 0;
  const listing = { symbol: 'frxEURUSD', isOpen: false };
  const market = {
    ...{ id: 'deriv:frxEURUSD' as InstrumentId, symbol: listing.symbol, isOpen: null },
    ...{ closedTime: null, isSubscribed: false, isRefused: false, heardTime: clock.now() - 1 },
  } as unknown as SubscribedMarket;
  const subscriptions = new Subscriptions({
    connection: {
      request: async (question: object) => {
        if (!('active_symbols' in question)) return { ok: false } as never;
        asked += 1;
        return { ok: true, value: { listings: new Map([[listing.symbol, listing]]) } } as never;
      },
    },
    markets: [market],
    sink: { onMarketHours: () => undefined } as never,
    clock,
    signal: new AbortController().signal,
    onRefused: () => undefined,
    inBackground: () => undefined,
  });
  await subscriptions.start();
  const check = async () => {
    await subscriptions.check();
    return asked;
  };
  return { clock, check };
}

it('[F2] asks about a closed market each half minute', async () => {
  const { clock, check } = await closedMarket();
  clock.advance(29_000);
  expect(await check()).toBe(1);
  clock.advance(1_000);
  expect(await check()).toBe(2);
});

it('[F2] asks about it at once where the clock was set back, and goes on as before', async () => {
  const { clock, check } = await closedMarket();
  clock.jump(-3_600_000);
  expect(await check()).toBe(2);
  clock.advance(29_000);
  expect(await check()).toBe(2);
  clock.advance(1_000);
  expect(await check()).toBe(3);
});
