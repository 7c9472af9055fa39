import { describe, expect, it } from 'vitest';
import { fail, succeed } from '#contract/errors.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { PaletteWalk } from '#tests/fakes/palette-walk.ts';
import { createStores } from '../stores/stores.ts';
import { Workspace } from '../workspace/workspace.ts';
import { marketChoiceCommands } from './market-choice-commands.ts';

const BTC = 'kraken:BTC/EUR' as InstrumentId;
const ETH = 'kraken:ETH/EUR' as InstrumentId;

function screen() {
  const stores = createStores();
  const asked: unknown[] = [];
  const walk = new PaletteWalk();
  stores.connection.setState({ connection: { kind: 'connected' } } as never);
  stores.market.setState({
    feeds: [
      { id: 'f1', spec: 'demo', instruments: [] },
      { id: 'f2', spec: 'ccxt:kraken:BTC/EUR,ETH/EUR', instruments: [{ id: BTC }, { id: ETH }] },
    ] as never,
  });
  const commands = marketChoiceCommands({
    client: {
      request: async (method: string, ...[params]: readonly unknown[]) => {
        asked.push([method, params]);
        return (
          method === 'feeds.restart' ? fail('invalid_state', 'Not now') : succeed({ id: 'f2' })
        ) as never;
      },
    },
    ...{ stores, workspace: new Workspace(stores.selections), ask: walk.ask },
  });
  const command = (id: string) => commands.find((one) => one.id === id);
  return { stores, asked, walk, commands, command };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the command that removes the selected instrument', () => {
  it('takes it from its feed, and can be taken back', async () => {
    const { stores, asked, command } = screen();
    expect(command('watchlist.remove')?.isEnabled?.()).toBe(false);
    stores.selections.default.setState({ selectedInstrumentId: ETH });
    expect(command('watchlist.remove')?.isEnabled?.()).toBe(true);
    expect(command('watchlist.remove')?.title()).toBe('Watchlist: remove ETH/EUR');
    command('watchlist.remove')?.run();
    await settled();
    await stores.notices.undo();
    expect(asked).toEqual([
      ['feeds.change', { feedId: 'f2', spec: 'ccxt:kraken:BTC/EUR' }],
      ['feeds.change', { feedId: 'f2', spec: 'ccxt:kraken:BTC/EUR,ETH/EUR' }],
    ]);
  });

  it('leaves alone what no feed carries, or a deck', () => {
    const { stores, command } = screen();
    for (const id of ['kraken:XRP/EUR', `d1_${BTC}`] as InstrumentId[]) {
      stores.selections.default.setState({ selectedInstrumentId: id });
      expect(command('watchlist.remove')?.isEnabled?.()).toBe(false);
    }
    expect(command('watchlist.remove')?.title()).toBe('Watchlist: remove the selected instrument');
  });
});

describe('the commands on one feed', () => {
  it('remove it, and add it again by undo', async () => {
    const { stores, asked, walk, commands } = screen();
    expect(walk.run(commands, 'feeds.removeFeed').titles).toEqual([
      'demo',
      'ccxt:kraken:BTC/EUR,ETH/EUR',
    ]);
    walk.choose('demo');
    await settled();
    await stores.notices.undo();
    expect(asked).toEqual([
      ['feeds.remove', { feedId: 'f1' }],
      ['feeds.add', { spec: 'demo' }],
    ]);
  });

  it('begin it anew, and say a refusal', async () => {
    const { stores, asked, walk, commands } = screen();
    walk.run(commands, 'feeds.restartFeed').choose('demo');
    await settled();
    expect(asked).toEqual([['feeds.restart', { feedId: 'f1' }]]);
    expect(stores.notices.store.getState().shown?.text()).toBe('Not now');
  });
});
