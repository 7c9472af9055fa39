import { describe, expect, it } from 'vitest';
import type { Order, OrderDraft } from '#domain/order.ts';
import type { EpochMs } from '#domain/units.ts';
import { openPaperFleet, PAPER_ID } from '#tests/fakes/paper-fleet.ts';
import { limits, money, refusal, running, unwrap } from '#tests/fakes/running-grid.ts';

describe('a bot whose feed has trouble', () => {
  it('pauses, says so, and goes on by itself when the feed is live again', () => {
    const bot = running();
    bot.feed({ kind: 'stale', sinceTime: bot.clock.now() });
    expect(bot.status()).toMatchObject({ state: 'paused', pausedBy: 'feed', openOrders: 4 });
    expect(bot.status().reason).toMatch(/^Nothing is heard of demo:BTC\/USDT since/);
    bot.feed({ kind: 'connecting', attempt: 2, nextTryTime: null });
    expect(bot.status().state).toBe('paused');
    bot.feed({ kind: 'live' });
    expect(bot.status()).toMatchObject({ state: 'running', pausedBy: null, reason: null });
    bot.buyFirst();
    expect(bot.status().fillCount).toBe(1);
  });

  it('goes on with the first event that is heard, and does not lose it', () => {
    const bot = running();
    bot.feed({ kind: 'disconnected', reason: 'reset', nextTryTime: null });
    expect(bot.status().reason).toBe('The feed of demo:BTC/USDT is disconnected: reset');
    bot.buyFirst();
    expect(bot.status()).toMatchObject({ state: 'running', fillCount: 1, openOrders: 4 });
  });

  it('[X2] runs while its feed connects for the first time: nothing of before is known then', () => {
    const bot = running();
    bot.feed({ kind: 'connecting', attempt: 1, nextTryTime: null });
    expect(bot.status().state).toBe('running');
  });

  it('pauses while a feed that was live connects anew, as after a sleep of the machine', () => {
    const bot = running();
    bot.feed({ kind: 'live' });
    bot.feed({ kind: 'connecting', attempt: 1, nextTryTime: null });
    expect(bot.status()).toMatchObject({ state: 'paused', pausedBy: 'feed', openOrders: 4 });
    expect(bot.status().reason).toBe('The feed of demo:BTC/USDT connects anew');
    bot.feed({ kind: 'live' });
    expect(bot.status().state).toBe('running');
  });

  it('stays paused where the user paused it', () => {
    const bot = running();
    unwrap(bot.own.pause('bot1', 'keep'));
    bot.feed({ kind: 'stale', sinceTime: bot.clock.now() });
    bot.feed({ kind: 'live' });
    bot.trade(1_000);
    expect(bot.status()).toMatchObject({ state: 'paused', pausedBy: 'user' });
  });

  it('[X2] runs again after a restart', () => {
    const bot = running();
    bot.feed({ kind: 'stale', sinceTime: bot.clock.now() });
    const again = openPaperFleet({ ledger: bot.ledger, clock: bot.clock });
    expect(unwrap(again.own.get('bot1')).status.state).toBe('running');
  });

  it('waits while nothing carries its instrument, and goes on when something does', () => {
    const bot = running();
    bot.carried.clear();
    bot.own.onInstrumentsChanged();
    expect(bot.status()).toMatchObject({ state: 'silent', openOrders: 4 });
    bot.carried.add(PAPER_ID);
    bot.own.onInstrumentsChanged();
    expect(bot.status()).toMatchObject({ state: 'running', openOrders: 4 });
    bot.buyFirst();
    expect(bot.status().fillCount).toBe(1);
  });
});

describe('a market that is not heard of', () => {
  const stale = (bot: ReturnType<typeof running>) =>
    bot.feed({ kind: 'stale', sinceTime: bot.clock.now() });
  const lastLog = (bot: ReturnType<typeof running>) =>
    bot.ledger.botLogs.list('bot1', 1)[0]?.message;

  it('closes no position at prices of before: it waits for those of now', () => {
    const bot = running();
    bot.buyFirst();
    stale(bot);
    unwrap(bot.own.stop('bot1', 'flatten'));
    expect(lastLog(bot)).toMatch(/^Its position is closed once the market is heard of: Nothing is/);
    bot.play({
      ...{ kind: 'bookLost', instrumentId: PAPER_ID, reason: 'reset' },
      receivedTime: bot.clock.now(),
    });
    expect(bot.view().position.quantity).toBe('0.1');
    expect(bot.status()).toMatchObject({ state: 'running', openOrders: 0, fillCount: 1 });
    bot.trade(500);
    expect(bot.status().reason).toBe('Stopped by the user; its position is closed');
    const [fill] = unwrap(bot.ledger.fills.list({ botId: 'bot1', limit: 1 })).items;
    expect(Number(fill?.price)).toBeLessThan(501);
  });

  it('[X3] holds up the kill switch for nothing but the closing', () => {
    const bot = running();
    bot.buyFirst();
    stale(bot);
    bot.risk.kill({ flatten: true, reason: 'enough' });
    expect(bot.open()).toEqual([]);
    expect(bot.view().position.quantity).toBe('0.1');
    bot.feed({ kind: 'live' });
    bot.book(985);
    expect(bot.view().position.quantity).toBe('0');
  });

  it('takes no orders by hand, and says since when', () => {
    const bot = running({ start: false });
    stale(bot);
    const draft = { type: 'market', side: 'buy', quantity: money('0.1') } as const;
    expect(refusal(bot.own.placeOrder('bot1', draft))).toMatch(/^Nothing is heard of demo:BTC/);
    expect(bot.status().fillCount).toBe(0);
  });

  it('takes none either at the prices of before while its feed connects anew', () => {
    const bot = running({ start: false });
    bot.feed({ kind: 'live' });
    bot.trade(1_000);
    bot.play({
      ...{ kind: 'bookLost', instrumentId: PAPER_ID, reason: 'slept' },
      receivedTime: bot.clock.now(),
    });
    bot.feed({ kind: 'connecting', attempt: 1, nextTryTime: null });
    bot.clock.advance(8 * 3_600_000);
    const draft = { type: 'market', side: 'buy', quantity: money('0.1') } as const;
    expect(refusal(bot.own.placeOrder('bot1', draft))).toMatch(/connects anew$/);
    expect(bot.status().fillCount).toBe(0);
  });
});

describe('a market that is closed', () => {
  const close = (bot: ReturnType<typeof running>, untilTime: EpochMs | null = null) =>
    bot.feed({ kind: 'closed', untilTime });

  it('[X2][F2] pauses its bots, says until when, and leaves their orders to the opening', () => {
    const bot = running();
    close(bot);
    expect(bot.status().reason).toBe('The market of demo:BTC/USDT is closed');
    close(bot, Date.parse('2026-03-02T08:00:00Z') as EpochMs);
    expect(bot.status()).toMatchObject({
      ...{ state: 'paused', pausedBy: 'feed', openOrders: 4, fillCount: 0 },
      reason: 'The market of demo:BTC/USDT is closed until 2026-03-02T08:00:00.000Z',
    });
    bot.feed({ kind: 'live' });
    expect(bot.status()).toMatchObject({ state: 'running', openOrders: 4 });
    bot.buyFirst();
    expect(bot.status().fillCount).toBe(1);
  });

  it('[F2] takes no orders by hand at its last price, and says why', () => {
    const bot = running({ start: false });
    close(bot);
    const draft = { type: 'market', side: 'buy', quantity: money('0.1') } as const;
    expect(bot.own.placeOrder('bot1', draft)).toMatchObject({
      error: { code: 'unavailable', message: 'The market of demo:BTC/USDT is closed' },
    });
    expect(bot.ledger.fills.count('bot1')).toBe(0);
    bot.feed({ kind: 'live' });
    expect(unwrap(bot.own.placeOrder('bot1', draft)).status).toBe('filled');
  });

  it('[F2] keeps orders by hand that can wait for the opening, and takes them to its prices', () => {
    const bot = running({ start: false });
    close(bot, Date.parse('2026-03-02T08:00:00Z') as EpochMs);
    const at = { quantity: money('0.1') } as const;
    const place = (draft: OrderDraft) => unwrap(bot.own.placeOrder('bot1', draft)).id;
    const dear = place({ ...at, type: 'limit', side: 'buy', limitPrice: money('1100') });
    const cheap = place({ ...at, type: 'limit', side: 'buy', limitPrice: money('900') });
    const stop = place({ ...at, type: 'stop', side: 'sell', triggerPrice: money('1010') });
    const statusOf = (id: string) => bot.ledger.orders.get(id)?.status;
    bot.play({
      ...{ kind: 'bookLost', instrumentId: PAPER_ID, reason: 'reset' },
      receivedTime: bot.clock.now(),
    });
    expect([dear, cheap, stop].map(statusOf)).toEqual(['submitted', 'submitted', 'submitted']);
    expect(bot.status()).toMatchObject({ openOrders: 3, fillCount: 0 });
    expect(bot.ledger.botLogs.list('bot1', 1)[0]?.message).toBe(
      `Order ${stop} waits for the opening: The market of demo:BTC/USDT is closed until 2026-03-02T08:00:00.000Z`,
    );
    bot.book(1_050);
    expect([dear, cheap, stop].map(statusOf)).toEqual(['filled', 'accepted', 'submitted']);
    const [fill] = unwrap(bot.ledger.fills.list({ botId: 'bot1', limit: 1 })).items;
    expect(fill?.price).toBe('1050.01');
    bot.trade(1_040);
    expect(statusOf(stop)).toBe('accepted');
    bot.trade(1_005);
    expect(statusOf(stop)).toBe('filled');
  });

  it('[X2][F2] keeps them over a restart and for a bot that its feed has paused, and cancels them at once', () => {
    const bot = running();
    close(bot);
    const draft = { type: 'limit', side: 'buy', quantity: money('0.1') } as const;
    const [kept, unwanted] = ['1100', '1090'].map((price) =>
      unwrap(bot.own.placeOrder('bot1', { ...draft, limitPrice: money(price) })),
    );
    if (kept === undefined || unwanted === undefined) throw new Error('two orders wait');
    expect(unwrap(bot.own.cancelOrder(unwanted)).status).toBe('canceled');
    const again = openPaperFleet({ ledger: bot.ledger, clock: bot.clock });
    again.feed({ kind: 'closed', untilTime: null });
    again.trade(1_050);
    again.book(1_050);
    expect(bot.ledger.orders.get(kept.id)?.status).toBe('filled');
    expect(bot.ledger.orders.get(unwanted.id)?.filledQuantity).toBe('0');
  });

  it('[X2][F2] moves them, on disk before it is told, for good', () => {
    const bot = running();
    close(bot);
    const draft = { type: 'limit', side: 'buy', quantity: money('0.1') } as const;
    const held = unwrap(bot.own.placeOrder('bot1', { ...draft, limitPrice: money('900') }));
    const move = (price: string) => bot.own.changeOrder(held, { limitPrice: money(price) });
    expect(unwrap(move('1100'))).toMatchObject({ status: 'submitted', limitPrice: '1100' });
    expect(bot.ledger.orders.get(held.id)).toMatchObject({
      ...{ status: 'submitted', limitPrice: '1100' },
    });
    expect(refusal(move('1100.001'))).toBe('limit price 1100.001 is not a multiple of 0.01');
    expect(bot.ledger.orders.get(held.id)?.limitPrice).toBe('1100');
    const again = openPaperFleet({ ledger: bot.ledger, clock: bot.clock });
    again.feed({ kind: 'closed', untilTime: null });
    again.trade(1_050);
    again.book(1_050);
    expect(bot.ledger.orders.get(held.id)?.status).toBe('filled');
  });

  it('[X3][F2] moves none beyond a limit, nor one that rests there', () => {
    const bot = running({ start: false, limits: limits({ maxOrderValue: money('95') }) });
    const draft = { type: 'limit', side: 'buy', quantity: money('0.1') } as const;
    const place = () => unwrap(bot.own.placeOrder('bot1', { ...draft, limitPrice: money('900') }));
    const resting = place();
    close(bot);
    const held = place();
    const move = (order: Order, price: string) =>
      bot.own.changeOrder(order, { limitPrice: money(price) });
    expect(refusal(move(held, '960'))).toMatch(/^max order value: it would be 96 USDT/);
    expect(refusal(move(resting, '910'))).toBe('The market of demo:BTC/USDT is closed');
    expect(unwrap(move(held, '910')).limitPrice).toBe('910');
    expect(bot.ledger.orders.open('bot1').map(({ limitPrice }) => limitPrice)).toEqual([
      '900',
      '910',
    ]);
  });

  it('[X3][F2] lets limits and the kill switch have their say on them as well', () => {
    const bot = running({ start: false, limits: limits({ maxOrderValue: money('50') }) });
    close(bot);
    const draft = { type: 'limit', side: 'buy', limitPrice: money('990') } as const;
    const place = (quantity: string) =>
      unwrap(bot.own.placeOrder('bot1', { ...draft, quantity: money(quantity) }));
    expect(place('0.1')).toMatchObject({ status: 'rejected' });
    const small = place('0.01');
    bot.risk.kill({ flatten: false, reason: 'enough' });
    expect(bot.ledger.orders.get(small.id)?.status).toBe('canceled');
    expect(place('0.01').reason).toMatch(/^the kill switch is engaged/);
  });

  it('[F2] leaves orders that rest there by hand in place, to be canceled or filled later', () => {
    const bot = running({ start: false });
    const draft = { type: 'limit', side: 'buy', quantity: money('0.1') } as const;
    const [kept, unwanted] = ['990', '980'].map((price) =>
      unwrap(bot.own.placeOrder('bot1', { ...draft, limitPrice: money(price) })),
    );
    close(bot);
    if (kept === undefined || unwanted === undefined) throw new Error('two orders rest');
    unwrap(bot.own.cancelOrder(unwanted));
    expect(bot.open()).toEqual(['990']);
    bot.feed({ kind: 'live' });
    bot.buyFirst();
    expect(bot.ledger.orders.get(kept.id)?.status).toBe('filled');
  });

  it('[X3][F2] closes no position at its last price: that waits for the opening', () => {
    const bot = running();
    bot.buyFirst();
    close(bot);
    bot.risk.kill({ flatten: true, reason: 'enough' });
    expect(bot.view().position.quantity).toBe('0.1');
    bot.book(500);
    expect(bot.view().position.quantity).toBe('0');
    const [fill] = unwrap(bot.ledger.fills.list({ botId: 'bot1', limit: 1 })).items;
    expect(Number(fill?.price)).toBeLessThan(501);
  });

  it('[F2] has a bot that is started there wait before its first order', () => {
    const bot = running({ start: false });
    close(bot);
    unwrap(bot.own.start('bot1'));
    bot.clock.advance(2_000);
    expect(bot.status()).toMatchObject({ state: 'paused', pausedBy: 'feed', openOrders: 0 });
    bot.trade(1_000);
    expect(bot.status()).toMatchObject({ state: 'running', openOrders: 4 });
  });
});
