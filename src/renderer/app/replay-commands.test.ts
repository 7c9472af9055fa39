import { describe, expect, it } from 'vitest';
import { fail, succeed } from '#contract/errors.ts';
import type { DeckView } from '#contract/replay-requests.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { createStores } from '../stores/stores.ts';
import { Workspace } from '../workspace/workspace.ts';
import { replayCommands } from './replay-commands.ts';

const deck = (id: string, state: DeckView['state'] = 'paused') =>
  ({ id, state, time: 100_000, fromTime: 0, toTime: 120_000, speed: 1 }) as DeckView;

function screen(focused: string | null = null) {
  const stores = createStores();
  const driven: unknown[] = [];
  const commands = replayCommands({
    stores,
    workspace: new Workspace(stores.selections),
    decks: {
      drive: async (method, params) => {
        driven.push([method, params]);
        return fail('invalid_state', 'Not now');
      },
      close: async (deckId) => {
        driven.push(['close', deckId]);
        return succeed(undefined);
      },
    },
    focusedDeckId: () => focused,
  });
  const command = (id: string) => {
    const found = commands.find((one) => one.id === id);
    if (!found) throw new Error(`there is no ${id}`);
    return found;
  };
  return { stores, driven, command };
}
const look = (stores: ReturnType<typeof createStores>, id: string) =>
  stores.selections.default.setState({ selectedInstrumentId: id as InstrumentId });

describe('the commands of a deck', () => {
  it('drive the one that is looked at, and are nothing where none is', () => {
    const { stores, driven, command } = screen();
    stores.replay.setState({ decks: { d1: deck('d1'), d2: deck('d2', 'playing') } });
    expect(command('replay.toggle').isEnabled?.()).toBe(false);
    look(stores, 'd2_binance:BTC/USDT');
    expect(command('replay.toggle').isEnabled?.()).toBe(true);
    command('replay.toggle').run();
    command('replay.on').run();
    command('replay.faster').run();
    expect(driven).toEqual([
      ['replay.pause', { deckId: 'd2' }],
      ['replay.seek', { deckId: 'd2', time: 120_000 }],
      ['replay.setSpeed', { deckId: 'd2', speed: 2 }],
    ]);
  });

  it('drive the one in whose bar the focus is, before the one that is looked at', () => {
    const { stores, driven, command } = screen('d1');
    stores.replay.setState({ decks: { d1: deck('d1'), d2: deck('d2') } });
    look(stores, 'd2_binance:BTC/USDT');
    command('replay.nextCandle').run();
    command('replay.close').run();
    expect(driven).toEqual([
      ['replay.step', { deckId: 'd1', by: 'candle' }],
      ['close', 'd1'],
    ]);
  });

  it('say what is refused', async () => {
    const { stores, command } = screen('d1');
    stores.replay.setState({ decks: { d1: deck('d1') } });
    command('replay.toggle').run();
    await Promise.resolve();
    await Promise.resolve();
    expect(stores.notices.store.getState().shown?.text()).toBe('Not now');
  });
});
