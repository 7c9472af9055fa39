import { describe, expect, it } from 'vitest';
import { fail } from '#contract/errors.ts';
import { EXTERNAL_STRATEGY } from '#domain/bot.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { PaletteWalk } from '#tests/fakes/palette-walk.ts';
import type { BotRecord } from '../stores/bot-store.ts';
import { createStores } from '../stores/stores.ts';
import { Workspace } from '../workspace/workspace.ts';
import { tradeChoiceCommands } from './trade-choice-commands.ts';

const order = (id: string, limitPrice: string) => ({
  ...{ id, side: 'sell', type: 'limit', quantity: '0.5', limitPrice, triggerPrice: null },
  instrumentId: 'demo:BTC/USDT',
});
const bot = (
  id: string,
  name: string,
  quantity: string,
  strategy = 'grid',
  orders = [] as object[],
) =>
  ({
    config: { id, name, strategy },
    position: { botId: id, instrumentId: 'demo:BTC/USDT', quantity },
    openOrders: orders,
  }) as unknown as BotRecord;

function screen(...bots: readonly BotRecord[]) {
  const stores = createStores();
  const done: string[] = [];
  const walk = new PaletteWalk();
  const note = (what: string) => async (id: string) => {
    done.push(`${what} ${id}`);
    return fail('invalid_state', 'Not now');
  };
  stores.connection.setState({ connection: { kind: 'connected' } } as never);
  stores.bots.setState({
    botIds: bots.map(({ config }) => config.id),
    bots: Object.fromEntries(bots.map((one) => [one.config.id, one])),
  });
  const commands = tradeChoiceCommands({
    stores,
    workspace: new Workspace(stores.selections),
    ...{ cancelOrder: note('cancel'), closePosition: note('close'), ask: walk.ask },
  });
  const enabled = () => commands.filter((one) => one.isEnabled?.()).map(({ id }) => id);
  return { stores, done, walk, commands, enabled };
}

describe('the command that cancels an order', () => {
  it('lets one choose among the open ones, and says a refusal', async () => {
    const { walk, commands, done, stores } = screen(
      bot('b1', 'Grid one', '0', 'grid', [order('o1', '101'), order('o2', '102')]),
      bot('b2', 'Elsewhere', '0', EXTERNAL_STRATEGY, [order('o3', '103')]),
    );
    walk.run(commands, 'orders.cancel');
    expect(walk.titles).toEqual([
      '▼ 0.5 BTC/USDT · limit 101 · Grid one',
      '▼ 0.5 BTC/USDT · limit 102 · Grid one',
      '▼ 0.5 BTC/USDT · limit 103 · Elsewhere',
    ]);
    walk.choose('▼ 0.5 BTC/USDT · limit 102 · Grid one');
    expect(done).toEqual(['cancel o2']);
    await Promise.resolve();
    await Promise.resolve();
    expect(stores.notices.store.getState().shown?.text()).toBe('Not now');
  });

  it('is there only while there is an order, and a hub', () => {
    expect(screen(bot('b1', 'Grid one', '0')).enabled()).toEqual([]);
    const { stores, enabled } = screen(bot('b1', 'Grid one', '0', 'grid', [order('o1', '101')]));
    expect(enabled()).toEqual(['orders.cancel']);
    stores.connection.setState({ connection: { kind: 'connecting', attempt: 1 } });
    expect(enabled()).toEqual([]);
  });
});

describe('the command that closes a position', () => {
  it('closes none but the one that is chosen, and only once that is confirmed', () => {
    const { walk, commands, done } = screen(
      bot('b1', 'Grid one', '-0.25'),
      bot('b2', 'Grid two', '0.5'),
      bot('b3', 'Flat', '0'),
      bot('b4', 'Elsewhere', '1', EXTERNAL_STRATEGY),
    );
    walk.run(commands, 'positions.close');
    expect(walk.titles).toEqual(['short 0.25 BTC/USDT · Grid one', 'long 0.5 BTC/USDT · Grid two']);
    walk.choose('long 0.5 BTC/USDT · Grid two');
    expect(walk.question).toBe('Close long 0.5 BTC/USDT · Grid two by a market order?');
    // What comes first, and so by one more key, keeps it.
    const [first = '', second = ''] = walk.titles;
    walk.choose(first);
    expect(done).toEqual([]);
    walk.run(commands, 'positions.close').choose('long 0.5 BTC/USDT · Grid two').choose(second);
    expect(done).toEqual(['close b2']);
  });

  it('is about the bots of the replay deck that one looks at', () => {
    const { stores, walk, commands } = screen(
      bot('b1', 'Live', '1'),
      bot('d1_bot1', 'In the deck', '2'),
    );
    stores.selections.default.setState({
      selectedInstrumentId: 'd1_demo:BTC/USDT' as InstrumentId,
    });
    expect(walk.run(commands, 'positions.close').titles).toEqual(['long 2 BTC/USDT · In the deck']);
  });
});
