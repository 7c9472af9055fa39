import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { startBinanceSpot } from '#tests/fakes/exchanges/binance/binance-exchange.ts';
import { hasRecordings, needsRecordings, SPOT_BTCUSDT } from '#tests/support/recordings.ts';
import { temporaryDirectory } from '../support/serve-process.ts';
import { WatchedExchange } from '../support/watched-exchange.ts';

const SYMBOL = 'BTC/USDT';
const LINES = 3_000;
const EVERY = 50;
/** Trades, book and quotes. */
const STREAMS = 3;

type Change = Readonly<Record<string, string | number>>;

/** What comes of ccxt as a number, and what it cannot make one of: it throws, in the midst of a frame. */
const CASES: readonly (readonly [what: string, change: Change, reason: string])[] = [
  ['a negative size', { q: '-0.5' }, 'the size -0.5 is not a size'],
  ['no size', { q: '0.00000000' }, 'the size 0 is not a size'],
  ['a negative price', { p: '-61837.63' }, 'the price -61837.63 is not a price'],
  ['a time in seconds', { T: 1_723_161_255 }, 'is not in epoch milliseconds'],
  ['a time in microseconds', { T: 1_723_161_255_342_000 }, 'is not in epoch milliseconds'],
  ['a word for a price', { p: 'abc' }, 'could not be understood'],
  ['a word for a size', { q: 'NaN' }, 'could not be understood'],
];

/** The recording's beginning with an unsound copy after each so manieth trade, which has an id of its own. */
function withUnsound(folder: string, change: Change): number {
  let trades = 0;
  let unsound = 0;
  const lines = gunzipSync(readFileSync(SPOT_BTCUSDT)).toString('utf8').split('\n').slice(0, LINES);
  const altered = lines.flatMap((line) => {
    if (!line.includes('@trade') || ++trades % EVERY !== 0) return [line];
    unsound++;
    const at = line.indexOf('{');
    const { stream, data } = JSON.parse(line.slice(at));
    const copy = { stream, data: { ...data, t: 9e15 + unsound, ...change } };
    return [line, line.slice(0, at) + JSON.stringify(copy)];
  });
  writeFileSync(join(folder, 'spot-btcusdt.gz'), gzipSync(altered.join('\n')));
  return unsound;
}

describe.skipIf(!hasRecordings)(`unsound trades among sound ones${needsRecordings}`, () => {
  let exchange: WatchedExchange | undefined;
  afterEach(async () => {
    await exchange?.close();
  });

  it.each(CASES)(
    '[F5] %s: none is told, each is counted, and no sound trade is lost',
    async (_, change, reason) => {
      const folder = temporaryDirectory();
      const unsound = withUnsound(folder.path, change);
      expect(unsound).toBeGreaterThan(5);
      const watched = new WatchedExchange(await startBinanceSpot(folder.path), [SYMBOL]);
      exchange = watched;
      folder.remove();
      await watched.startUntilSubscribed(STREAMS);
      await watched.fake.play({ speed: 40 });
      const sound = watched.fake.truth.trades(SYMBOL).filter(({ id }) => Number(id) < 9e15);
      await watched.until(
        'every sound trade came',
        () => watched.trades(SYMBOL).length >= sound.length,
      );
      await watched.until('the book is true', () => watched.showsTruth(SYMBOL));
      expect(watched.trades(SYMBOL)).toEqual(sound);
      expect(watched.wrongTops).toEqual([]);
      const counted = watched.rejections.filter((one) => one.includes(reason));
      expect(counted).toEqual(watched.rejections);
      expect(counted).toHaveLength(unsound);
      expect(watched.losses).toEqual([]);
    },
  );
});
