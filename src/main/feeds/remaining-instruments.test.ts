import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { fail, succeed } from '#contract/errors.ts';
import { REMOTE, setUp } from '#tests/fakes/supervised-feed.ts';
import { type Remaining, remainingOf } from './remaining-instruments.ts';
import { BTC, ScriptedFeed } from './scripted-feed.fixture.ts';

const gone = (symbol: string) =>
  fail('unknown_instrument', `The exchange has no market ${symbol}.`);

describe('what is left of a feed', () => {
  const { offered } = new ScriptedFeed({ now: () => 0 as never });
  const [btc, eth] = offered.ok ? offered.value : [];
  const ask = (listed: readonly string[]) => (symbols: readonly string[]) => {
    const unknown = symbols.find((symbol) => !listed.includes(symbol));
    if (unknown !== undefined) return Promise.resolve(gone(unknown));
    const found = [btc, eth].filter((one) => one && symbols.includes(one.symbol));
    return Promise.resolve(succeed(found.flatMap((one) => one ?? [])));
  };

  it('is all, or what the exchange still knows, and why the rest is not', async () => {
    const symbols = ['BTC/USDT', 'ETH/USDT'];
    expect(await remainingOf(symbols, ask(symbols))).toEqual(
      succeed({ instruments: [btc, eth], missing: [] }),
    );
    expect(await remainingOf(symbols, ask(['ETH/USDT']))).toEqual(
      succeed({ instruments: [eth], missing: ['The exchange has no market BTC/USDT.'] }),
    );
    expect(await remainingOf(symbols, ask([]))).toEqual(gone('BTC/USDT'));
    expect(await remainingOf(['BTC/USDT'], ask([]))).toEqual(gone('BTC/USDT'));
  });

  it('is not known while the exchange cannot be asked', async () => {
    const offline = fail('unavailable', 'The exchange cannot be reached.');
    let asked = 0;
    const left = await remainingOf(['A', 'B'], () =>
      Promise.resolve(++asked === 1 ? gone('A') : offline),
    );
    expect(left).toEqual(offline);
  });
});

describe('[F3] a feed that was kept', () => {
  const left: Remaining = { instruments: [], missing: ['The exchange has no market ETH/USDT.'] };
  /** One of its instruments is no longer listed. */
  const halfGone = (feed: ScriptedFeed): void => {
    const { offered } = feed;
    feed.offered = gone('ETH/USDT');
    if (offered.ok) {
      const instruments = offered.value.slice(0, 1);
      feed.remaining = () => Promise.resolve(succeed({ ...left, instruments }));
    }
  };

  it('goes on with what is left of it, and says what is not', async () => {
    const { feed, status, supervisor, watchlists, missing } = await setUp({
      ...{ spec: REMOTE, isKept: true },
      prepare: halfGone,
    });
    await nextTurn();
    expect(feed.runs).toBe(1);
    feed.live();
    expect(status()).toMatchObject({ state: { kind: 'live' }, spec: REMOTE });
    expect(watchlists).toEqual([[BTC]]);
    expect(supervisor.instruments().map(({ id }) => id)).toEqual([BTC]);
    expect(missing).toEqual([[REMOTE, left.missing]]);
  });

  it('is refused as a whole where it is new: a name may be mistyped', async () => {
    const { added, feed, missing } = await setUp({ spec: REMOTE, prepare: halfGone });
    expect(added).toMatchObject({ error: { code: 'unknown_instrument' } });
    expect([feed.runs, missing]).toEqual([0, []]);
  });
});
