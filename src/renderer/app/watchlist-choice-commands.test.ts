import { describe, expect, it } from 'vitest';
import { fail, succeed } from '#contract/errors.ts';
import { PaletteWalk } from '#tests/fakes/palette-walk.ts';
import { groupOf, instrumentOf } from '../features/watchlist/watchlist.fixture.ts';
import { createStores } from '../stores/stores.ts';
import { watchlistChoiceCommands } from './watchlist-choice-commands.ts';

const GROUPS = [groupOf('main', ['x:A']), groupOf('Majors', ['x:B']), groupOf('Others', ['x:C'])];
const INSTRUMENTS = ['x:A', 'x:B', 'x:C'].map(instrumentOf);

function screen({ groups = GROUPS, isRefused = false } = {}) {
  const stores = createStores();
  const done: unknown[] = [];
  const walk = new PaletteWalk();
  stores.connection.setState({ connection: { kind: 'connected' } } as never);
  stores.instruments.setState({ watchlist: INSTRUMENTS, groups });
  const commands = watchlistChoiceCommands({
    client: {
      request: async (method: string, ...[params]: readonly unknown[]) => {
        if (method === 'watchlist.get')
          return succeed({ instruments: INSTRUMENTS, groups }) as never;
        done.push(params);
        return (isRefused ? fail('access_denied', 'Access denied') : succeed({})) as never;
      },
    },
    asks: { ask: ({ name, panel, about }) => done.push([name, panel, about]) },
    ...{ stores, ask: walk.ask },
  });
  const enabled = () => commands.filter((one) => one.isEnabled?.()).map(({ id }) => id);
  const run = (id: string) => walk.run(commands, id);
  return { stores, done, run, enabled };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the commands on a group of the watchlist', () => {
  it('have the watchlist ask for the name of the one that is chosen', () => {
    const { run, done } = screen();
    expect(run('watchlist.renameGroup').titles).toEqual(['Instruments', 'Majors', 'Others']);
    run('watchlist.renameGroup').choose('Majors');
    expect(done).toEqual([['watchlist.renameGroup', 'watchlist', 'Majors']]);
  });

  it('remove any but the one that is always there, and have it as it stood by undo', async () => {
    const { stores, run, done } = screen();
    expect(run('watchlist.removeGroup').titles).toEqual(['Majors', 'Others']);
    run('watchlist.removeGroup').choose('Majors');
    await settled();
    expect(done).toEqual([{ edits: [{ kind: 'removeGroup', groupId: 'Majors' }] }]);
    expect(stores.instruments.getState().groups.map(({ id }) => id)).toEqual(['main', 'Others']);
    expect(stores.notices.store.getState().shown?.text()).toBe('The group Majors was removed.');
    await stores.notices.undo();
    expect(stores.instruments.getState().groups).toEqual(GROUPS);
  });

  it('say a refusal, and leave the groups as they are', async () => {
    const { stores, run } = screen({ isRefused: true });
    run('watchlist.removeGroup').choose('Others');
    await settled();
    expect(stores.notices.store.getState().shown?.text()).toBe('Access denied');
    expect(stores.instruments.getState().groups).toEqual(GROUPS);
  });

  it('are there while there is a group with a heading, and a hub', () => {
    expect(screen({ groups: [groupOf('main', ['x:A'])] }).enabled()).toEqual([]);
    const named = screen({ groups: [groupOf('main', ['x:A'], { name: 'Mine' })] });
    expect(named.enabled()).toEqual(['watchlist.renameGroup']);
    const { stores, enabled } = screen();
    expect(enabled()).toEqual(['watchlist.renameGroup', 'watchlist.removeGroup']);
    stores.instruments.setState({ watchlist: [] });
    expect(enabled()).toEqual(['watchlist.removeGroup']);
    stores.connection.setState({ connection: { kind: 'connecting', attempt: 1 } });
    expect(enabled()).toEqual([]);
  });
});
