import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs } from '#domain/units.ts';
import { DerivFeed } from '#main/feeds/deriv/deriv-feed.ts';
import type { FeedEnd } from '#main/feeds/feed.ts';
import { RecordingSink } from '#main/feeds/recording-sink.fixture.ts';
import { type FakeDeriv, startFakeDeriv } from '../fakes/exchanges/deriv/deriv-exchange.ts';
import { FIRST_EPOCH, hasRecordedTicks, TICK_COUNT } from '../fakes/exchanges/deriv/ticks.ts';
import type { TruthTrade } from '../fakes/exchanges/fake-exchange.ts';
import { FakeClock } from '../fakes/fake-clock.ts';

const VOLATILITY = 'deriv:R_10' as InstrumentId;
const FOREX = 'deriv:frxEURUSD' as InstrumentId;
const START = FIRST_EPOCH * 1_000;
const data = hasRecordedTicks ? 'recorded ticks' : 'invented ticks: no recording in ../shared/data';

/** What the exchange says of a print. */
const truthOf = ({ id, price, size, aggressorSide, eventTime }: Trade): TruthTrade => ({
  id,
  price,
  size,
  aggressorSide,
  time: eventTime,
});

describe.each(['legacy', 'options'] as const)(`Deriv, %s dialect (${data})`, (dialect) => {
  let exchange: FakeDeriv;
  let clock: FakeClock;
  let feed: DerivFeed;
  let sink: RecordingSink;
  let abort: AbortController;
  let running: Promise<FeedEnd> | undefined;

  beforeEach(async () => {
    clock = new FakeClock(START);
    exchange = await startFakeDeriv({ dialect, clock });
    sink = new RecordingSink();
    feed = new DerivFeed({ symbols: ['R_10', 'frxEURUSD'], url: exchange.url, clock });
  });

  afterEach(async () => {
    abort?.abort();
    await running;
    await exchange.close();
  });

  function run(): Promise<FeedEnd> {
    abort = new AbortController();
    running = feed.run(sink, abort.signal);
    return running;
  }

  const tradesOf = (id: InstrumentId) => sink.trades.filter((trade) => trade.instrumentId === id);
  const isLive = () => sink.states.length > 0;
  const hoursOf = (id: InstrumentId) =>
    sink.marketHours.flatMap(([each, hours]) => (each === id ? [hours] : []));

  /** Lets time pass in small steps, and the sockets speak between them. */
  async function until(isReached: () => boolean, stepMs = 100): Promise<void> {
    for (let step = 0; step < 3_000 && !isReached(); step++) {
      clock.advance(stepMs);
      await pause(1);
    }
    expect(isReached()).toBe(true);
  }

  async function live(): Promise<void> {
    void run();
    await vi.waitFor(() => expect(isLive()).toBe(true), { timeout: 8_000 });
    await exchange.subscribed(2);
  }

  const heard = (count: number) =>
    vi.waitFor(() => expect(tradesOf(VOLATILITY).length).toBe(count), { timeout: 5_000 });

  describe('[F2] instruments', () => {
    it('are read in the dialect’s own spelling', async () => {
      expect(await feed.instruments()).toEqual({
        ok: true,
        value: [
          {
            id: VOLATILITY,
            exchange: 'deriv',
            symbol: 'R_10',
            base: 'R_10',
            quote: '',
            priceIncrement: 0.001,
            sizeIncrement: 0.01,
            ...{ minNotional: 1, makerFeeBps: 0, takerFeeBps: 0 },
          },
          {
            id: FOREX,
            exchange: 'deriv',
            symbol: 'frxEURUSD',
            base: 'EUR',
            quote: 'USD',
            priceIncrement: 0.00001,
            sizeIncrement: 0.01,
            ...{ minNotional: 1, makerFeeBps: 0, takerFeeBps: 0 },
          },
        ],
      });
      clock.advance(1_000);
      await vi.waitFor(() => expect(exchange.connections).toBe(0));
      await vi.waitFor(() => expect(clock.pendingTimers).toBe(0));
    });

    it('that Deriv does not list are refused in a sentence', async () => {
      const wrong = new DerivFeed({ symbols: ['r_10'], url: exchange.url, clock });
      expect(await wrong.instruments()).toEqual({
        ok: false,
        error: {
          code: 'unknown_instrument',
          message: 'Deriv has no symbol r_10. Did you mean R_10?',
        },
      });
    });
  });

  it('[F3] of which one is no longer listed goes on with the others', async () => {
    feed = new DerivFeed({ symbols: ['R_10', 'R_GONE'], url: exchange.url, clock });
    expect(await feed.remaining()).toMatchObject({
      ok: true,
      value: {
        instruments: [{ symbol: 'R_10' }],
        missing: [expect.stringContaining('Deriv has no symbol R_GONE.')],
      },
    });
    expect(await feed.instruments()).toMatchObject({ value: [{ symbol: 'R_10' }] });
    void run();
    await exchange.subscribed(1);
    expect(exchange.requests.flatMap(({ ticks }) => ticks ?? [])).toEqual(['R_10']);
  });

  describe('live', () => {
    it('[F2] tells every tick once, in order, with the exchange’s time', async () => {
      await live();
      await exchange.play({ speed: 'max' });
      await heard(TICK_COUNT + 1);
      // The first one is the last tick before: the subscription's answer carries it.
      expect(tradesOf(VOLATILITY).slice(1).map(truthOf)).toEqual(exchange.truth.trades('R_10'));
      expect(tradesOf(FOREX).length).toBe(TICK_COUNT + 1);
      expect(sink.count('quote')).toBe(2 * (TICK_COUNT + 1));
      expect(sink.rejections).toEqual([]);
    });

    it('shows a tick as a print without size, behind the quote that it carries', async () => {
      await live();
      await exchange.play({ speed: 'max', untilFrame: 2 });
      await heard(3);
      const [quote, trade] = sink.batches.at(-1) ?? [];
      expect(quote).toMatchObject({ kind: 'quote', quote: { bidSize: 0, askSize: 0 } });
      expect(trade).toMatchObject({ kind: 'trade', trade: { size: 0, receivedTime: START } });
    });

    it('[F3] says goodbye: forgets its subscriptions and leaves nothing open', async () => {
      await live();
      abort.abort();
      expect(await running).toEqual({ kind: 'aborted' });
      expect(clock.pendingTimers).toBe(0);
      await vi.waitFor(() => expect(exchange.connections).toBe(0));
      expect(exchange.requests.filter((request) => 'forget' in request).length).toBe(2);
    });

    it('[F2] pings at least each 30 s', async () => {
      await live();
      await until(
        () => exchange.requests.filter((request) => 'ping' in request).length >= 3,
        1_000,
      );
      expect(clock.now() - START).toBeLessThanOrEqual(3 * 31_000);
    });

    it('measures the exchange’s clock better than its whole seconds', async () => {
      exchange.inject('clockSkew');
      await live();
      await until(() => sink.clockSamples.length > 0, 50);
      const [sample] = sink.clockSamples;
      const { sentTime = 0, exchangeTime = 0, receivedTime = 0 } = sample ?? {};
      expect(receivedTime - sentTime).toBeLessThanOrEqual(500);
      const offsetMs = exchangeTime - (sentTime + receivedTime) / 2;
      expect(Math.abs(offsetMs - 90_000)).toBeLessThanOrEqual((receivedTime - sentTime) / 2);
      await until(() => sink.clockSamples.length > 1, 1_000);
    });
  });

  describe('past', () => {
    it('gives closed candles of the asked stretch, and none of seconds', async () => {
      await exchange.play({ speed: 'max', untilFrame: 200 });
      const from = (START - (START % 60_000)) as EpochMs;
      const to = (from + 300_000) as EpochMs;
      const candles = await feed.history(VOLATILITY, '1m', from, to);
      expect(candles.map(({ openTime }) => openTime)).toEqual(
        [0, 1, 2, 3, 4].map((minute) => from + minute * 60_000),
      );
      const ticks = exchange.truth.trades('R_10');
      for (const { openTime, open, high, low, close, ...rest } of candles.slice(1)) {
        const prices = ticks
          .filter(({ time }) => time >= openTime && time < openTime + 60_000)
          .map(({ price }) => price);
        expect([open, high, low, close]).toEqual([
          prices[0],
          Math.max(...prices),
          Math.min(...prices),
          prices.at(-1),
        ]);
        const untold = { buyVolume: null, tradeCount: null };
        expect(rest).toEqual({ volume: 0, ...untold, isClosed: true });
      }
      expect(await feed.history(VOLATILITY, '1s', from, to)).toEqual([]);
    });

    it('gives a whole day of minutes', async () => {
      const to = (START - (START % 60_000)) as EpochMs;
      const from = (to - 86_400_000) as EpochMs;
      const candles = await feed.history(VOLATILITY, '1m', from, to);
      expect(candles.length).toBe(1_440);
      expect([candles[0]?.openTime, candles.at(-1)?.openTime]).toEqual([from, to - 60_000]);
    });

    it('gives the ticks of an outage: those that were missed, once', async () => {
      await live();
      await exchange.play({ speed: 'max', untilFrame: 50 });
      await heard(51);
      exchange.inject('reset');
      expect(await running).toMatchObject({ kind: 'failed', isFinal: false });
      await exchange.play({ speed: 'max', untilFrame: 120 });
      sink.states.length = 0;
      await live();
      await exchange.play({ speed: 'max' });
      await vi.waitFor(() =>
        expect(tradesOf(VOLATILITY).at(-1)?.id).toBe(exchange.truth.trades('R_10').at(-1)?.id),
      );
      const truth = exchange.truth.trades('R_10');
      const from = truth[49]?.time as EpochMs;
      const to = truth[125]?.time as EpochMs;
      const filled = await feed.backfill(VOLATILITY, from, to);
      if (!filled.ok) throw new Error(filled.error.message);
      // The last tick of the outage came live: the new subscription began with it.
      expect(filled.value.trades.map(truthOf)).toEqual(truth.slice(50, 119));
      expect(filled.value.isComplete).toBe(true);
      const told = [...tradesOf(VOLATILITY).slice(1), ...filled.value.trades].map(truthOf);
      const byTime = told.toSorted((one, other) => one.time - other.time);
      expect(byTime.map(({ id, price }) => [id, price])).toEqual(
        truth.map(({ id, price }) => [id, price]),
      );
    });

    it('does not call complete an answer that lacks a tick that came live', async () => {
      await live();
      await exchange.play({ speed: 'max', untilFrame: 10 });
      await heard(11);
      const stretch = [START as EpochMs, (START + 18_000) as EpochMs] as const;
      const whole = { value: { trades: [], isComplete: true } };
      expect(await feed.backfill(VOLATILITY, ...stretch)).toMatchObject(whole);
      exchange.lagHistory(4);
      const lacking = { value: { trades: [], isComplete: false } };
      expect(await feed.backfill(VOLATILITY, ...stretch)).toMatchObject(lacking);
    });

    it('gives none of a market that Deriv does not list, and says why', async () => {
      const other = 'deriv:R_999' as InstrumentId;
      const [from, to] = [START as EpochMs, (START + 60_000) as EpochMs];
      expect(await feed.history(other, '1m', from, to)).toEqual([]);
      expect(await feed.backfill(other, from, to)).toEqual({
        ok: false,
        error: {
          code: 'unknown_instrument',
          message: 'Deriv says: Symbol R_999 is invalid.',
        },
      });
    });
  });

  describe('when things go wrong', () => {
    it('tells a tick that comes twice once', async () => {
      await live();
      exchange.inject('duplicate');
      await exchange.play({ speed: 'max', untilFrame: 20 });
      await heard(21);
      expect(tradesOf(VOLATILITY).slice(1).map(truthOf)).toEqual(exchange.truth.trades('R_10'));
    });

    it('keeps a tick that comes late, without letting its quote stand for the current one', async () => {
      await live();
      exchange.inject('outOfOrder');
      await exchange.play({ speed: 'max', untilFrame: 20 });
      await heard(21);
      const told = tradesOf(VOLATILITY).slice(1).map(truthOf);
      const byTime = told.toSorted((a, b) => a.time - b.time);
      const truth = exchange.truth.trades('R_10');
      expect(byTime.map(({ id, price }) => [id, price])).toEqual(
        truth.map(({ id, price }) => [id, price]),
      );
      const quoteTimes = sink.events.flatMap((event) =>
        event.kind === 'quote' && event.quote.instrumentId === VOLATILITY
          ? [event.quote.eventTime ?? 0]
          : [],
      );
      expect(quoteTimes).toEqual(quoteTimes.toSorted((a, b) => a - b));
    });

    it('[F5] rejects and counts what is malformed, and goes on', async () => {
      await live();
      exchange.inject('malformed');
      await exchange.play({ speed: 'max', untilFrame: 20 });
      await heard(21);
      expect(sink.rejections).toEqual([{ line: null, reason: 'not valid JSON' }]);
    });

    it.each(['close', 'reset'] as const)(
      'ends the run at a %s, to be tried again',
      async (fault) => {
        await live();
        exchange.inject(fault);
        expect(await running).toMatchObject({
          kind: 'failed',
          failure: { code: 'unavailable', message: expect.stringContaining('Deriv') },
          isFinal: false,
        });
        expect(clock.pendingTimers).toBe(0);
      },
    );

    it('[F3] notices half-open silence within 25 s', async () => {
      await live();
      await exchange.play({ speed: 'max', untilFrame: 5 });
      exchange.inject('silence');
      let end: FeedEnd | undefined;
      void running?.then((value) => {
        end = value;
      });
      await until(() => end !== undefined, 1_000);
      expect(end).toMatchObject({
        failure: { message: 'Deriv has fallen silent: a ping was not answered.' },
        isFinal: false,
      });
      expect(clock.now() - START).toBeLessThanOrEqual(25_000);
    });

    it('takes slow answers for what they are', async () => {
      exchange.inject('slow');
      await live();
      await exchange.play({ speed: 'max', untilFrame: 5 });
      await heard(6);
      expect(sink.rejections).toEqual([]);
    });

    it.each([
      ['rateLimited', 'rate_limited', 'Deriv refuses further connections for a while.'],
      ['geoBlocked', 'unavailable', 'Deriv does not serve this region (status 451).'],
    ] as const)('says what %s means', async (fault, code, message) => {
      exchange.inject(fault);
      expect(await run()).toEqual({ kind: 'failed', failure: { code, message }, isFinal: false });
      expect(await feed.instruments()).toEqual({ ok: false, error: { code, message } });
      expect(clock.pendingTimers).toBe(0);
      exchange.heal();
      await live();
    });

    it('says that its calls are over the limit', async () => {
      exchange.limitCalls(true);
      expect(await run()).toEqual({
        kind: 'failed',
        failure: { code: 'rate_limited', message: 'Deriv refuses further calls for a while.' },
        isFinal: false,
      });
    });

    it('ends the run when Deriv ends a subscription for another reason than the hour', async () => {
      await live();
      exchange.endSubscriptions('R_10', 'StreamFailed', 'The stream has failed');
      expect(await running).toEqual({
        kind: 'failed',
        failure: {
          code: 'unavailable',
          message: 'Deriv says: The stream has failed. (StreamFailed)',
        },
        isFinal: false,
      });
    });

    it('fails where nobody listens, and gives up dialling when told to', async () => {
      await exchange.close();
      expect(await run()).toMatchObject({
        kind: 'failed',
        failure: { message: 'Deriv cannot be reached (ECONNREFUSED).' },
      });
      abort = new AbortController();
      abort.abort();
      expect(await feed.run(sink, abort.signal)).toEqual({ kind: 'aborted' });
      expect(clock.pendingTimers).toBe(0);
      exchange = await startFakeDeriv({ dialect, clock });
    });
  });

  describe('[F2] a closed market is not a stale one', () => {
    const MONDAY = Math.floor(Date.UTC(2025, 3, 28) / 1_000);

    it('is no reason not to be live, even where it is the only one', async () => {
      exchange.closeMarket('R_10');
      exchange.closeMarket('frxEURUSD');
      void run();
      await vi.waitFor(() => expect(sink.states).toEqual([{ kind: 'live' }]));
      expect(sink.marketHours.length).toBe(2);
    });

    it('is told at once, and until when', async () => {
      exchange.closeMarket('frxEURUSD', { opensAt: MONDAY });
      void run();
      await vi.waitFor(() => expect(hoursOf(FOREX).length).toBe(2));
      expect(hoursOf(FOREX)).toEqual([
        { isOpen: false, untilTime: null },
        { isOpen: false, untilTime: MONDAY * 1_000 },
      ]);
      expect(hoursOf(VOLATILITY)).toEqual([{ isOpen: true }]);
      expect(sink.states).toEqual([{ kind: 'live' }]);
      expect(tradesOf(FOREX)).toEqual([]);
    });

    it('is found out when it closes in silence, and opens again', async () => {
      await live();
      exchange.closeMarket('frxEURUSD');
      await until(() => hoursOf(FOREX).some(({ isOpen }) => !isOpen), 1_000);
      // Silence is called stale after 10 s at the earliest.
      expect(clock.now() - START).toBeLessThanOrEqual(11_000);
      exchange.openMarket('frxEURUSD');
      await until(() => hoursOf(FOREX).at(-1)?.isOpen === true, 1_000);
      const before = tradesOf(FOREX).length;
      await exchange.play({ speed: 'max', untilFrame: 3 });
      await vi.waitFor(() => expect(tradesOf(FOREX).length).toBe(before + 3));
    });

    it('is told at once where Deriv ends the subscription, and ticks again when it opens', async () => {
      await live();
      exchange.closeMarket('frxEURUSD', { tellsSubscribers: true });
      await vi.waitFor(() => expect(hoursOf(FOREX).at(-1)?.isOpen).toBe(false));
      const closedTime = clock.now();
      exchange.openMarket('frxEURUSD');
      await exchange.play({ speed: 'max', untilFrame: 3 });
      await until(() => hoursOf(FOREX).at(-1)?.isOpen === true, 1_000);
      // Nobody heard how it opened: that is a gap, which can be asked about.
      await vi.waitFor(() => expect(sink.count('gap')).toBe(1));
      expect(sink.events.find(({ kind }) => kind === 'gap')).toMatchObject({
        instrumentId: FOREX,
        fromTime: closedTime,
        toTime: clock.now(),
      });
      const before = tradesOf(FOREX).length;
      await exchange.play({ speed: 'max', untilFrame: 6 });
      await vi.waitFor(() => expect(tradesOf(FOREX).length).toBe(before + 3));
    });
  });

  it('wants an app id that Deriv knows, in the legacy dialect alone', async () => {
    const url = new URL(exchange.url);
    url.searchParams.set('app_id', '7');
    const other = new DerivFeed({ symbols: ['R_10'], url: url.href, clock });
    expect(await other.instruments()).toMatchObject({ ok: false, error: { code: 'unauthorized' } });
    expect(await feed.instruments()).toMatchObject({ ok: true });
  });
});
