import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { alertRuleDraftSchema } from '#contract/alert-model.ts';
import { deckBotSchema } from '#contract/replay-requests.ts';
import type { CandleInterval } from '#domain/candle.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Deck } from '#main/replay/deck.ts';
import type { ReplaySource } from '#main/replay/replay-source.ts';
import { hasRecordings, needsRecordings, SPOT_BTCUSDT } from '#tests/support/recordings.ts';
import { openFileSource } from './replay-file-source.ts';
import type { ReplayStage } from './replay-stage.ts';
import { SpoolPlace } from './spool-place.ts';
import { openTrialDeck, outcomeOf } from './trial-deck.fixture.ts';

const ID = 'replay:BTC/USDT' as InstrumentId;
/** Of the recording's 41,249. */
const LINES = 6_000;

const SIDED = { quantity: '0.05', directions: 'both', stopLossPercent: 0.05 };
const BOTS = [
  ['grid', { levels: 8, spacingBps: 1, quantity: '0.05' }],
  ['dca', { amount: '500', everyMinutes: 1, takeProfitPercent: 0.01 }],
  ['ma-cross', { interval: '1s', average: 'EMA', fast: 3, slow: 8, ...SIDED }],
  ['donchian-breakout', { interval: '1s', entryPeriod: 10, exitPeriod: 5, ...SIDED }],
].map(([strategy, params], index) => ({
  id: `d1_bot${index + 1}`,
  draft: deckBotSchema.parse({
    ...{ name: strategy, strategy, params, instrumentId: ID, initialCash: '100000' },
    ...{ makerFeeBps: 1, takerFeeBps: 5 },
  }),
  isRunning: true,
}));

const RULES = [
  { kind: 'priceMove', instrumentId: ID, percent: 0.01, windowMs: 5_000, direction: 'either' },
  { kind: 'drawdown', botId: null, percent: 0.001 },
].map((condition) =>
  alertRuleDraftSchema.parse({ name: condition.kind, condition, forMs: 0, cooldownMs: 2_000 }),
);

/** As whoever asks gets them: what its market knows, and what its source knows of the time before. */
function candlesOf({ source, stage, time }: Deck<ReplayStage>, interval: CandleInterval) {
  const known = stage.market.of(ID).candles(interval, 1_000);
  const toTime = known[0]?.openTime ?? time;
  const older = source.candles(ID, interval, { fromTime: 0 as EpochMs, toTime });
  return [...(older.ok ? older.value : []), ...known];
}

/** What is shown of its market: the sums of volumes to where the order of adding no longer matters. */
function shownOf(deck: Deck<ReplayStage>) {
  const market = deck.stage.market.of(ID);
  const rounded = (value: number | null) => value && Math.round(value * 1e8) / 1e8;
  const candles = (interval: CandleInterval) =>
    candlesOf(deck, interval).map(({ isClosed: _, volume, buyVolume, ...candle }) => ({
      ...{ ...candle, volume: rounded(volume), buyVolume: rounded(buyVolume) },
    }));
  return {
    book: market.book.snapshot(),
    quote: market.quote,
    lastTrade: market.lastTrade,
    candles: [candles('1s'), candles('1m'), candles('5m')],
  };
}

describe.skipIf(!hasRecordings)(`a deck over a real recording${needsRecordings}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'tapedeck-seeks-'));
  const file = join(folder, 'short.ndjson');
  const spoolFolder = join(folder, 'spool');
  const lines = hasRecordings ? gunzipSync(readFileSync(SPOT_BTCUSDT)).toString().split('\n') : [];
  writeFileSync(file, lines.slice(0, LINES).join('\n'));
  afterAll(() => rmSync(folder, { recursive: true }));

  async function open(place?: SpoolPlace): Promise<ReplaySource> {
    const { signal } = new AbortController();
    const reading = { signal, onProgress: () => undefined };
    const opened = await openFileSource(file, { ...reading, ...(place && { spools: place }) });
    if (!opened.ok || !opened.value) throw new Error('the recording was not read');
    return opened.value;
  }
  const spools = new SpoolPlace(spoolFolder);
  const openSpooled = () => open(spools);
  const at = ({ fromTime, toTime }: ReplaySource, percent: number) =>
    Math.round(fromTime + (percent / 100) * (toTime - fromTime)) as EpochMs;

  /** By playing it as it is read, from its start only. */
  async function straight(times: readonly EpochMs[]) {
    const { deck, settled } = await openTrialDeck(await open(), {
      ...{ bots: BOTS, rules: RULES, waypoints: null },
    });
    const found = new Map<EpochMs, { outcome: object; shown: object }>();
    for (const time of times.toSorted((one, other) => one - other)) {
      await deck.seek(time);
      await settled();
      found.set(time, { outcome: outcomeOf(deck), shown: shownOf(deck) });
    }
    await deck.close();
    return found;
  }

  it('[T5] has the ledger, books, quotes and candles of a run without seeks, after any of them', async () => {
    const seen = { saved: 0, fills: 0, alerts: 0 };
    const percents = fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 3, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 10, max: 80 }), percents, async (finest, shares) => {
        const source = await openSpooled();
        const limits = { finestTrades: finest, finestMs: 0, mostWaypoints: 100, mostBytes: 1e9 };
        const terms = { bots: BOTS, rules: RULES, waypoints: limits };
        const { deck, settled, saved } = await openTrialDeck(source, terms);
        const times = [90, ...shares, 100].map((share) => at(source, share));
        const expected = await straight(times);
        for (const time of times) {
          await deck.seek(time);
          await settled();
          expect({ outcome: outcomeOf(deck), shown: shownOf(deck) }).toEqual(expected.get(time));
        }
        seen.fills += deck.stage.fillCount;
        seen.alerts += deck.stage.alerts().length;
        seen.saved += saved();
        await deck.close();
      }),
      { numRuns: 2, endOnFailure: true },
    );
    expect(seen.fills).toBeGreaterThan(20);
    expect(seen.alerts).toBeGreaterThan(2);
    expect(seen.saved).toBeGreaterThan(15);
    expect(readdirSync(spoolFolder)).toEqual([]);
  }, 60_000);

  it('[T4] shows the market of a place at once, and says that its bots are catching up', async () => {
    const source = await openSpooled();
    const { deck, settled } = await openTrialDeck(source, {
      ...{ bots: BOTS, rules: RULES, waypoints: null },
    });
    const back = at(source, 60);
    const expected = await straight([back]);
    await deck.seek(source.toTime);
    await settled();
    const begun = await deck.seek(back);
    expect(begun).toMatchObject({
      ok: true,
      value: { state: 'seeking', time: back, seek: { isShown: true, time: back } },
    });
    expect(deck.view().seek?.progress).toBeLessThan(0.9);
    expect(shownOf(deck)).toEqual(expected.get(back)?.shown);
    await settled();
    expect({ outcome: outcomeOf(deck), shown: shownOf(deck) }).toEqual(expected.get(back));
    await deck.close();
  });

  it('[T4] shows books, quotes and trades of any place at once where it has no bots', async () => {
    const source = await openSpooled();
    const { deck } = await openTrialDeck(source, { bots: [], waypoints: null });
    const times = [80, 20, 55].map((share) => at(source, share));
    const expected = await straight(times);
    for (const time of times) {
      expect(await deck.seek(time)).toMatchObject({ ok: true, value: { state: 'paused', time } });
      expect(shownOf(deck)).toEqual(expected.get(time)?.shown);
      const trades = deck.trades(ID, { limit: 50 });
      expect(trades.ok && trades.value).toHaveLength(50);
      expect(trades.ok && trades.value.at(-1)).toEqual(deck.stage.market.of(ID).lastTrade);
    }
    await deck.close();
  });

  it('plays as before, and says why, where the disk has no room for it', async () => {
    const full = new SpoolPlace(spoolFolder, Number.MAX_SAFE_INTEGER);
    const source = await open(full);
    expect(source).toMatchObject({ isSeekable: false });
    expect(source.slowSeek).toContain('too little room');
    const { deck, settled } = await openTrialDeck(source, { bots: BOTS, waypoints: null });
    expect(deck.view().slowSeek).toBe(source.slowSeek);
    await deck.seek(at(source, 50));
    await settled();
    await deck.seek(at(source, 25));
    await settled();
    expect(deck.view()).toMatchObject({ state: 'paused', time: at(source, 25) });
    expect(deck.stage.fillCount).toBeGreaterThan(0);
    await deck.close();
    expect(readdirSync(spoolFolder)).toEqual([]);
  });
});
