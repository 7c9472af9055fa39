import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertRuleDraftSchema } from '#contract/alert-model.ts';
import type { Publishable } from '#contract/publications.ts';
import { deckBotSchema } from '#contract/replay-requests.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { Side } from '#domain/side.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import type { ReplaySource } from '#main/replay/replay-source.ts';
import type { WaypointLimits } from '#main/replay/waypoints.ts';
import { openTapeDatabase } from '#main/storage/tape-database.ts';
import { TapeRecorder } from '#main/tape/recorder.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { SeededRandom } from '#tests/fuzz/random.ts';
import { openTapeSource } from './replay-tape-source.ts';
import { openTrialDeck, outcomeOf } from './trial-deck.fixture.ts';

const A = 'a:X/USDT' as InstrumentId;
const B = 'b:X/USDT' as InstrumentId;
/** Half a minute before midnight UTC, so that days end within the walks below. */
const START = 1_700_006_370_000;
const TRADES = 120;

const ALL_DAYS = [0, 1, 2, 3, 4, 5, 6];

/** Short periods, so that every strategy trades within a few hundred trades. */
const BOTS = [
  { strategy: 'grid', params: { levels: 3, spacingBps: 60, quantity: '0.1' }, latencyMs: 700 },
  { strategy: 'grid', params: { levels: 2, spacingBps: 20, quantity: '1' }, instrumentId: B },
  {
    ...{ strategy: 'grid', params: { levels: 4, spacingBps: 30, quantity: '1' } },
    limits: { maxDailyLoss: '15', atDailyLoss: 'flatten', maxOrdersPerMinute: 12 },
  },
  {
    ...{ strategy: 'grid', params: { levels: 3, spacingBps: 30, quantity: '1' } },
    schedule: { days: ALL_DAYS, from: '00:01', to: '00:03', timeZone: 'UTC' },
  },
  { strategy: 'dca', params: { amount: '50', everyMinutes: 1, takeProfitPercent: 1 } },
  {
    ...{ strategy: 'ma-cross', latencyMs: 1_500 },
    params: { interval: '1s', average: 'EMA', fast: 2, slow: 5, ...sided() },
  },
  {
    ...{ strategy: 'ma-cross', instrumentId: B },
    params: { interval: '1s', average: 'SMA', fast: 2, slow: 5, ...sided() },
  },
  {
    strategy: 'rsi-reversion',
    params: { interval: '1s', period: 4, oversold: 40, overbought: 60, ...sided() },
  },
  {
    ...{ strategy: 'donchian-breakout', limits: { maxOrdersPerMinute: 3 } },
    params: { interval: '1s', entryPeriod: 5, exitPeriod: 3, ...sided() },
  },
].map((bot, index) => ({
  id: `d1_bot${index + 1}`,
  draft: deckBotSchema.parse({
    ...{ name: `Bot ${index + 1}`, instrumentId: A, initialCash: '100000' },
    ...{ makerFeeBps: 1, takerFeeBps: 5, ...bot },
  }),
  isRunning: true,
}));

function sided() {
  return { quantity: '0.5', directions: 'both', stopLossPercent: 1 };
}

const onA = { instrumentId: A };
const RULES = [
  { kind: 'priceCross', ...onA, level: 1_000, direction: 'either' },
  { kind: 'priceMove', ...onA, percent: 1, windowMs: 5_000, direction: 'either' },
  { kind: 'volumeSpike', ...onA, ratio: 1.5, windowMs: 2_000, baselineWindows: 2 },
  { kind: 'positionPnl', botId: null, level: '-3', side: 'below' },
  { kind: 'drawdown', botId: null, percent: 0.01 },
  { kind: 'botState', botId: null, states: ['stopped'] },
].flatMap((condition) =>
  [0, 4_000].map((forMs) =>
    alertRuleDraftSchema.parse({
      ...{ name: `${condition.kind} ${forMs}`, condition, forMs, cooldownMs: 2_000 },
    }),
  ),
);

/** A walk with waits of up to two seconds and, seldom, of minutes: some of them gaps. */
function walkOf(id: InstrumentId, seed: number): readonly MarketEvent[] {
  const random = new SeededRandom(seed);
  const below = (limit: number) => Math.floor(limit * random.next());
  let time = START;
  let price = 1_000;
  return Array.from({ length: TRADES }, (_, index): MarketEvent[] => {
    const fromTime = time as EpochMs;
    const isLong = below(30) === 0;
    time += isLong ? below(200_000) : Math.max(0, below(2_000) - 200);
    price = Math.round(10 * (price + below(121) / 10 - 6)) / 10;
    const eventTime = time as EpochMs;
    const aggressorSide: Side = below(2) === 0 ? 'buy' : 'sell';
    const trade = {
      ...{ instrumentId: id, id: `${index}`, price: price as Price },
      ...{ size: ((1 + below(30)) / 10) as Size, aggressorSide },
      ...{ eventTime, receivedTime: eventTime },
    };
    const gap = { instrumentId: id, fromTime, toTime: eventTime, reason: 'down' };
    const isMissed = isLong && below(2) === 0;
    return [...(isMissed ? [{ kind: 'gap', ...gap } as const] : []), { kind: 'trade', trade }];
  }).flat();
}

const timeOf = (event: MarketEvent) =>
  event.kind === 'trade' ? event.trade.eventTime : event.kind === 'gap' ? event.fromTime : 0;

/** A tape in memory with these walks. */
function recorded(walks: readonly (readonly MarketEvent[])[]) {
  const tape = openTapeDatabase(':memory:');
  if (!tape.ok) throw new Error(tape.error.message);
  const recorder = new TapeRecorder({
    ...{ store: tape.value, clock: new FakeClock() },
    onFailure: (reason) => {
      throw new Error(reason);
    },
    onRecovery: () => undefined,
  });
  for (const event of walks.flat().sort((one, other) => timeOf(one) - timeOf(other))) {
    if (event.kind === 'trade') recorder.record(event.trade);
    else if (event.kind === 'gap') recorder.recordGap(event);
  }
  recorder.dispose();
  return tape.value;
}

const openDeck = (source: ReplaySource, waypoints: WaypointLimits | null) =>
  openTrialDeck(source, { bots: BOTS, rules: RULES, waypoints });

const fillsTold = (told: readonly Publishable[], botId: string) =>
  told.flatMap((item) => (item.of === 'fill' && item.fill.botId === botId ? [item.fill.id] : []));

describe('a deck with every built-in strategy and every kind of rule', () => {
  it('[T5] has come to the same after any seeks as without them, at each place and at the end', async () => {
    const seen = { fills: 0, alerts: 0, saved: 0, stopped: 0, points: 0, scheduled: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.integer({ min: 1, max: 25 }),
        fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 2, maxLength: 5 }),
        async (seed, finestTrades, percents) => {
          const tape = recorded([walkOf(A, seed), walkOf(B, seed + 1)]);
          const opened = openTapeSource(tape, { instruments: [A, B] });
          if (!opened.ok) throw new Error(opened.error.message);
          const source = opened.value;
          const limits = { finestTrades, finestMs: 0, mostWaypoints: 100, mostBytes: 1e9 };
          const sought = await openDeck(source, limits);
          const atPercent = (percent: number) =>
            source.fromTime + (percent / 100) * (source.toTime - source.fromTime);
          const places = [100, ...percents].map((one) => Math.round(atPercent(one)) as EpochMs);
          for (const time of places) {
            await sought.deck.seek(time);
            await sought.settled();
            const straight = await openDeck(source, null);
            await straight.deck.seek(time);
            await straight.settled();
            expect(outcomeOf(sought.deck)).toEqual(outcomeOf(straight.deck));
            for (const { id } of BOTS) {
              const told = fillsTold(straight.told, id).slice(-100);
              expect(fillsTold(sought.told, id).slice(-100)).toEqual(told);
            }
            await straight.deck.close();
          }
          await sought.deck.play();
          await sought.settled();
          const whole = await openDeck(source, null);
          await whole.deck.play();
          await whole.settled();
          const outcome = outcomeOf(whole.deck);
          expect(outcomeOf(sought.deck)).toEqual(outcome);
          seen.fills += outcome.fillCount;
          seen.scheduled += outcome.bots[3]?.status.fillCount ?? 0;
          seen.points += outcome.equity.flat().length;
          seen.alerts += outcome.alerts.length;
          seen.saved += sought.saved();
          seen.stopped += outcome.bots.filter(({ status }) => status.state === 'stopped').length;
          await whole.deck.close();
          await sought.deck.close();
          tape.close();
        },
      ),
      { numRuns: 4, endOnFailure: true },
    );
    expect(seen.fills).toBeGreaterThan(200);
    expect(seen.alerts).toBeGreaterThan(100);
    expect(seen.saved).toBeGreaterThan(20);
    expect(seen.stopped).toBeGreaterThan(0);
    expect(seen.scheduled).toBeGreaterThan(0);
    expect(seen.points).toBeGreaterThan(100);
  }, 60_000);
});
