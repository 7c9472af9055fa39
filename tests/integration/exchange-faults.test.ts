import { beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '#main/telemetry/system-clock.ts';
import {
  startBinanceSpot,
  startBinanceUsdm,
} from '#tests/fakes/exchanges/binance/binance-exchange.ts';
import { startBybit } from '#tests/fakes/exchanges/bybit/bybit-exchange.ts';
import { startCoinbase } from '#tests/fakes/exchanges/coinbase/coinbase-exchange.ts';
import {
  type FakeExchange,
  type FakeExchangeOptions,
  type Fault,
  SLOW_BY_MS,
} from '#tests/fakes/exchanges/fake-exchange.ts';
import { startKraken } from '#tests/fakes/exchanges/kraken/kraken-exchange.ts';
import { startOkx } from '#tests/fakes/exchanges/okx/okx-exchange.ts';
import { SupervisedExchange } from '#tests/fakes/exchanges/supervised-exchange.ts';
import {
  BINANCE_RECORDINGS,
  EXCHANGE_RECORDINGS,
  hasRecordings,
  needsRecordings,
} from '#tests/support/recordings.ts';

/**
 * Every fault on every exchange, through the real feed, supervisor and market, on the real clock. Two
 * feeds an exchange: what happens to its line, and what happens to its frames. All run at once; a
 * market is slowed down where its recording is shorter than that takes.
 */
interface Case {
  readonly name: string;
  readonly start: (options: FakeExchangeOptions) => Promise<FakeExchange>;
  /** Where something always happens. */
  readonly symbols: readonly string[];
  readonly speed: number;
  /** While single frames are hit: sooner there is something to hit. */
  readonly frameSpeed?: number;
  /** As of `WatchOptions`. */
  readonly hasQuotesOfBook?: boolean;
}

const CASES: readonly Case[] = [
  {
    name: 'Binance spot',
    start: (options) => startBinanceSpot(BINANCE_RECORDINGS, options),
    symbols: ['BTC/USDT'],
    speed: 1,
    hasQuotesOfBook: false,
  },
  {
    name: 'Binance USD-M',
    start: (options) => startBinanceUsdm(BINANCE_RECORDINGS, options),
    symbols: ['BTC/USDT:USDT'],
    speed: 1,
    hasQuotesOfBook: false,
  },
  {
    name: 'Kraken',
    start: (options) => startKraken(EXCHANGE_RECORDINGS, options),
    symbols: ['XMR/USD', 'SC/EUR'],
    speed: 0.2,
    frameSpeed: 0.5,
  },
  {
    name: 'Coinbase',
    start: (options) => startCoinbase(EXCHANGE_RECORDINGS, options),
    symbols: ['SKL/USD', 'DASH/BTC'],
    speed: 0.2,
    frameSpeed: 0.5,
  },
  { name: 'OKX', start: startOkx, symbols: ['BTC/USDT'], speed: 0.07 },
  { name: 'Bybit', start: startBybit, symbols: ['BTC/USDT'], speed: 1 },
];

const TEST_MS = 300_000;
/** Rule F3: a silent instrument is called stale after 10 s, looked for each second. */
const STALE_LIMIT_MS = 12_000;
/** What a feed may take to come back when nothing hinders it any more: its longest wait, and some. */
const RECOVERY_MS = 45_000;
/** A book that is wrong is thrown away when the next frame of it comes. */
const BOOK_LOST_MS = 10_000;
/**
 * Kraken's books have no numbers, only a checksum of their ten best levels: a lost frame is not seen
 * where it changed deeper ones, or where the next frame sets the same ones again. Of the recorded
 * frames that is one in six; then another one is lost.
 */
const MOST_GAPS = 5;

/** Said within the staleness limit: the feed is not live. */
const isDown = (watched: SupervisedExchange) => watched.status.state.kind !== 'live';
const isBack = (watched: SupervisedExchange) =>
  watched.status.state.kind === 'live' && watched.hasBooks;

class Trial {
  readonly watched: SupervisedExchange;

  constructor(watched: SupervisedExchange) {
    this.watched = watched;
  }

  /** The line breaks, and comes back by itself. */
  async breaksAndReturns(fault: 'close' | 'reset'): Promise<void> {
    const { watched } = this;
    const { reconnects } = watched.status;
    watched.fake.inject(fault);
    await watched.until(`${fault}: it says so`, () => isDown(watched), STALE_LIMIT_MS);
    await this.isBack(fault);
    expect(watched.status.reconnects, fault).toBeGreaterThan(reconnects);
  }

  /** As long as the fault lasts, the feed says that it is not live; then it comes back by itself. */
  async isDownWhile(fault: 'silence' | 'rateLimited' | 'geoBlocked', reason?: RegExp) {
    const { watched } = this;
    watched.fake.inject(fault);
    await watched.until(`${fault}: it says so`, () => isDown(watched), STALE_LIMIT_MS);
    if (reason)
      await watched.until(
        `${fault}: it says why`,
        () => {
          const { state } = watched.status;
          return state.kind === 'disconnected' && reason.test(state.reason);
        },
        STALE_LIMIT_MS,
      );
    watched.fake.heal();
    await this.isBack(fault);
  }

  /** A book of which a frame is lost is thrown away and had anew. */
  async noticesGap(): Promise<void> {
    const { watched } = this;
    const tries = watched.fake.ccxtId === 'kraken' ? MOST_GAPS : 1;
    const losses = watched.count('bookLost');
    const isLost = () => watched.count('bookLost') > losses;
    for (let tried = 0; tried < tries && !isLost(); tried++) {
      watched.fake.inject('bookGap');
      await watched.fake.struck?.('bookGap', 'book');
      await watched.until('the gap is seen', isLost, BOOK_LOST_MS / tries).catch(() => undefined);
    }
    expect(isLost(), 'bookGap: the book is thrown away').toBe(true);
    await this.isBack('bookGap');
  }

  /** A wrong book is thrown away and had anew. */
  async losesBook(fault: 'badChecksum'): Promise<void> {
    const { watched } = this;
    const losses = watched.count('bookLost');
    watched.fake.inject(fault);
    await watched.fake.struck?.(fault, 'book');
    const isLost = () => watched.count('bookLost') > losses;
    await watched.until(`${fault}: the book is thrown away`, isLost, BOOK_LOST_MS);
    await this.isBack(fault);
  }

  /** It may go on or begin anew, but tells nothing wrong. */
  async survives(fault: 'duplicate' | 'outOfOrder' | 'malformed'): Promise<void> {
    const { watched } = this;
    const events = watched.events.length;
    watched.fake.inject(fault);
    await watched.fake.struck?.(fault, 'book');
    await watched.until(`${fault}: goes on`, () => watched.events.length > events, RECOVERY_MS);
    if (fault === 'malformed')
      await watched.until(`${fault}: is counted`, () => watched.status.rejected > 0);
    await this.isBack(fault);
  }

  /** Trades are fewer than books: those of them that were to come twice, or late, by now have. */
  async tradesWereHit(): Promise<void> {
    const { fake } = this.watched;
    await Promise.all([fake.struck?.('duplicate', 'trade'), fake.struck?.('outOfOrder', 'trade')]);
    await this.isBack('duplicate');
  }

  async isBack(after: Fault): Promise<void> {
    const { watched } = this;
    await watched.until(`${after}: it is back`, () => isBack(watched), RECOVERY_MS);
    expect(watched.lies, after).toEqual([]);
  }
}

async function withFeed(
  { start, symbols, hasQuotesOfBook = true }: Case,
  speed: number,
  test: (trial: Trial) => Promise<void>,
): Promise<void> {
  const fake = await start({ timeline: 'present' });
  const watched = await SupervisedExchange.start(fake, { symbols, hasQuotesOfBook });
  try {
    let isOver = false;
    const played = fake.play({ speed }).then(() => {
      isOver = true;
    });
    await test(new Trial(watched));
    expect(watched.lies).toEqual([]);
    expect(isOver, 'the recording was over before the trial was').toBe(false);
    await watched.close();
    await played;
  } finally {
    await watched.close();
  }
}

/** What happens to the line. */
async function lineFaults(trial: Trial): Promise<void> {
  const { watched } = trial;
  await trial.breaksAndReturns('close');
  await trial.isDownWhile('silence');
  watched.fake.inject('slow');
  const tellsDelay = () => (watched.status.lagMs ?? 0) > SLOW_BY_MS / 2;
  await watched.until('slow: the delay is told', tellsDelay);
  watched.fake.heal();
  await trial.isBack('slow');
  watched.fake.inject('clockSkew');
  const events = watched.events.length;
  await watched.until('clockSkew: goes on', () => watched.events.length > events + 10);
  await trial.isBack('clockSkew');
  watched.fake.heal();
  await trial.breaksAndReturns('reset');
  await trial.isDownWhile('rateLimited', /slow down|429/);
  await trial.isDownWhile('geoBlocked', /451/);
  await watched.until('what is missing is said to be', () => {
    return watched.untoldHoles(systemClock.now()).length === 0;
  });
}

/** What happens to single frames. */
async function frameFaults(trial: Trial): Promise<void> {
  const { supportedFaults } = trial.watched.fake;
  await trial.survives('malformed');
  await trial.survives('duplicate');
  await trial.survives('outOfOrder');
  await trial.noticesGap();
  if (supportedFaults.has('badChecksum')) await trial.losesBook('badChecksum');
  await trial.tradesWereHit();
}

const TRIALS = [
  ['the line: close, silence, slow, clock skew, reset, 429, 451', lineFaults],
  ['frames: malformed, duplicate, out of order, gap, bad checksum', frameFaults],
] as const;

describe.skipIf(!hasRecordings)(`[F3] [F4] exchange faults${needsRecordings}`, () => {
  /** Begun all at once: they wait most of the time. Each resolves with what went wrong. */
  const running = new Map<string, Promise<unknown>>();
  const key = (exchange: Case, trial: string) => `${exchange.name} ${trial}`;

  beforeAll(() => {
    for (const exchange of CASES)
      for (const [title, test] of TRIALS) {
        const { speed, frameSpeed = speed } = exchange;
        const pace = test === frameFaults ? frameSpeed : speed;
        const ended = withFeed(exchange, pace, test).then(
          () => null,
          (error: unknown) => error,
        );
        running.set(key(exchange, title), ended);
      }
  });

  describe.each(CASES)('$name', (exchange) => {
    it.each(TRIALS)('%s', { timeout: TEST_MS }, async (title) => {
      const error = await running.get(key(exchange, title));
      if (error) throw error;
    });
  });
});
