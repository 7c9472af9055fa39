import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_BOT_SETTINGS } from '#contract/bot-settings.ts';
import type { DeckBot } from '#contract/replay-requests.ts';
import { type DecimalString, decimal } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import { backtestBots } from '#main/app/backtest/backtest-bots.ts';
import { openSources } from '#main/app/backtest/source-spec.ts';
import { openStrategyShelf, type StrategyShelf } from '#main/app/bots/strategy-shelf.ts';
import { playHeadless } from '#main/app/replay/headless-deck.ts';
import { openFileSource } from '#main/app/replay/replay-file-source.ts';
import { SpoolPlace } from '#main/app/replay/spool-place.ts';
import { openTrialDeck } from '#main/app/replay/trial-deck.fixture.ts';
import { createLog } from '#main/telemetry/log.ts';
import { systemClock } from '#main/telemetry/system-clock.ts';
import { hasRecordings, needsRecordings, SPOT_BTCUSDT } from '../support/recordings.ts';
import { documentedStrategy, strategyFolder } from '../support/strategy-folder.ts';

const SIDED = { quantity: '0.05', directions: 'both', stopLossPercent: 0.05 };
const BOTS = [
  ['grid', { levels: 8, spacingBps: 1, quantity: '0.05' }],
  ['dca', { amount: '500', everyMinutes: 1, takeProfitPercent: 0.01 }],
  ['ma-cross', { interval: '1s', average: 'EMA', fast: 3, slow: 8, ...SIDED }],
  ['rsi-reversion', { interval: '1s', period: 5, oversold: 35, overbought: 65, ...SIDED }],
  ['donchian-breakout', { interval: '1s', entryPeriod: 10, exitPeriod: 5, ...SIDED }],
  ['user:pullback', { interval: '1s', fast: 3, slow: 8, quantity: 0.05, riskPercent: 0.02 }],
] as const;

const bots = BOTS.map(
  ([strategy, params]): DeckBot => ({
    ...DEFAULT_BOT_SETTINGS,
    ...{ name: strategy, strategy, params },
    instrumentId: 'replay:BTC/USDT' as InstrumentId,
    initialCash: '100000' as DecimalString,
    makerFeeBps: 1,
    takerFeeBps: 5,
  }),
);

type FillsByBot = Readonly<Record<string, readonly Fill[]>>;
interface Played {
  readonly view: { readonly config: { readonly name: string } };
  readonly fills: readonly Fill[];
}
const fillsByBot = (played: readonly Played[]): FillsByBot =>
  Object.fromEntries(played.map(({ view, fills }) => [view.config.name, fills]));

describe.skipIf(!hasRecordings)(`the same recording, whatever plays it${needsRecordings}`, () => {
  const signal = new AbortController().signal;
  const folder = strategyFolder({ 'strategies/pullback.ts': documentedStrategy() });
  let shelf: StrategyShelf;
  let headless: FillsByBot;

  const onDeck = async (speed: 'max' | number): Promise<FillsByBot> => {
    const source = await openFileSource(SPOT_BTCUSDT, { signal, onProgress: () => undefined });
    if (!source.ok || !source.value) throw new Error('the recording was not read');
    const { strategies } = shelf;
    const staged = { bots, rules: [] };
    const played = await playHeadless(source.value, staged, { speed, signal, strategies });
    if (!played.ok || !played.value) throw new Error('the deck did not play to its end');
    for (const { view } of played.value.bots) expect(view.status.error).toBeNull();
    return fillsByBot(played.value.bots);
  };

  beforeAll(async () => {
    const log = createLog('silent');
    shelf = await openStrategyShelf(folder.path, { clock: systemClock, log, isOwner: false });
    const watch = { signal, onProgress: () => undefined };
    const sources = await openSources({ kind: 'file', file: SPOT_BTCUSDT }, watch);
    if (!sources.ok || !sources.value) throw new Error('the recording cannot be read');
    const { of, close } = sources.value;
    const terms = { ...watch, strategies: shelf.strategies };
    const played = await backtestBots(bots, ({ instrumentId }) => of(instrumentId), terms);
    close();
    if (!played.ok || !played.value) throw new Error('the backtest did not come to its end');
    headless = fillsByBot(played.value);
  });
  afterAll(() => {
    shelf.close();
    folder.remove();
  });

  it.each(BOTS)('%s trades on it', (strategy) => {
    expect(headless[strategy]?.length).toBeGreaterThan(2);
    for (const { quantity } of headless[strategy] ?? []) expect(decimal(quantity).gt(0)).toBe(true);
  });

  it('[T5] a deck at max gives the fills of the headless run, to the last digit', async () => {
    expect(await onDeck('max')).toEqual(headless);
  });

  it('[T5] and so does a deck at 60 times', async () => {
    expect(await onDeck(60)).toEqual(headless);
  });

  it('[T5] and so does one that is sent to and fro, with the market of each place there before its bots', async () => {
    const spools = new SpoolPlace(join(folder.path, 'spool'));
    const source = await openFileSource(SPOT_BTCUSDT, {
      ...{ signal, spools, onProgress: () => undefined },
    });
    if (!source.ok || !source.value) throw new Error('the recording was not read');
    const { fromTime, toTime } = source.value;
    const { deck, settled } = await openTrialDeck(source.value, {
      bots: bots.map((draft, index) => ({ id: `bot${index + 1}`, draft, isRunning: true })),
      waypoints: { finestTrades: 500, finestMs: 0, mostWaypoints: 100, mostBytes: 1e9 },
      strategies: shelf.strategies,
    });
    const at = (share: number) => Math.round(fromTime + share * (toTime - fromTime)) as EpochMs;
    for (const share of [0.3, 0.15]) {
      const begun = await deck.seek(at(share));
      expect(begun.ok && begun.value.time).toBe(at(share));
      expect(begun.ok && begun.value.seek).toMatchObject({ isShown: true });
      const { book, lastTrade } = deck.stage.market.of('replay:BTC/USDT' as InstrumentId);
      const shownTimes = [book.eventTime ?? 0, lastTrade?.eventTime ?? 0];
      for (const time of shownTimes) expect(at(share) - time).toBeLessThan(3_000);
      await settled();
    }
    await deck.play();
    await settled();
    const played = deck.stage.fleet.list().map((view) => {
      const { config } = view;
      const page = deck.stage.ledger.fills.list({ botId: config.id, limit: 1_000 });
      return { view, fills: page.ok ? page.value.items.toReversed() : [] };
    });
    expect(fillsByBot(played)).toEqual(headless);
    await deck.close();
  });
});
