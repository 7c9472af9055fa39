import { describe, expect, it } from 'vitest';
import { fail, succeed } from '#contract/errors.ts';
import { createInstrumentStore } from '../../stores/instrument-store.ts';
import { groupOf, idOf, instrumentOf } from './watchlist.fixture.ts';
import { WatchlistEditor } from './watchlist-editor.ts';

const instruments = ['x:A', 'x:B'].map(instrumentOf);
const GROUPS = [groupOf('main', ['x:A', 'x:B'])];
const bFirst = {
  kind: 'moveInstrument',
  instrumentId: idOf('x:B'),
  groupId: 'main',
  beforeId: idOf('x:A'),
} as const;

function start(isRefused: boolean) {
  const store = createInstrumentStore();
  store.setState({ watchlist: instruments, groups: GROUPS });
  const asked: unknown[] = [];
  const editor = new WatchlistEditor(
    {
      request: (async (method: string, params: unknown) => {
        asked.push([method, params]);
        if (method === 'watchlist.get') return succeed({ instruments, groups: GROUPS });
        return isRefused ? fail('access_denied', 'Access denied') : succeed({});
      }) as never,
    },
    store,
  );
  return { store, asked, editor, order: () => store.getState().watchlist?.map(({ id }) => id) };
}

describe('WatchlistEditor', () => {
  it('shows the change at once, and tells the hub', async () => {
    const { editor, asked, order } = start(false);
    const done = editor.edit(bFirst);
    expect(order()).toEqual(['x:B', 'x:A']);
    expect((await done).ok).toBe(true);
    expect(asked).toEqual([['watchlist.set', { edits: [bFirst] }]]);
    expect(order()).toEqual(['x:B', 'x:A']);
  });

  it('takes back what the hub refuses', async () => {
    const { editor, order } = start(true);
    expect(await editor.edit(bFirst)).toMatchObject({ error: { code: 'access_denied' } });
    expect(order()).toEqual(['x:A', 'x:B']);
  });
});
