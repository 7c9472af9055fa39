import { describe, expect, it } from 'vitest';
import { fail, succeed } from '#contract/errors.ts';
import type { JournalEntry } from '#domain/journal.ts';
import { PaletteWalk } from '#tests/fakes/palette-walk.ts';
import { journalEntry } from '../stores/journal.fixture.ts';
import { createStores } from '../stores/stores.ts';
import { formatFullDateTime } from '../ui/format.ts';
import { journalChoiceCommands } from './journal-choice-commands.ts';

const AT = formatFullDateTime(1_000);

async function screen(kept: JournalEntry[], isRefused = false) {
  const stores = createStores();
  const done: unknown[] = [];
  const walk = new PaletteWalk();
  const client = {
    request: async (method: string, ...[params]: readonly unknown[]) => {
      if (method === 'journal.list')
        return succeed({ items: [...kept], nextBefore: null }) as never;
      done.push([method, params]);
      if (isRefused) return fail('not_found', 'There is no such note') as never;
      const { entryId } = params as { entryId: string };
      kept.splice(0, kept.length, ...kept.filter(({ id }) => id !== entryId));
      return succeed({ entryId }) as never;
    },
  };
  stores.connection.setState({ connection: { kind: 'connected' } } as never);
  await stores.journalNotes.load(client);
  const commands = journalChoiceCommands({
    ...{ client, stores, ask: walk.ask },
    asks: { ask: ({ name, panel, about }) => done.push([name, panel, about]) },
  });
  const enabled = () => commands.filter((one) => one.isEnabled?.()).map(({ id }) => id);
  const run = (id: string) => walk.run(commands, id);
  return { stores, done, run, enabled };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the commands on a note of the journal', () => {
  it('have the journal edit the one that is chosen, by its words on one line', async () => {
    const long = `${'Sold\n too late. '.repeat(9)}`;
    const { run, done } = await screen([journalEntry('n1', 'Too early'), journalEntry('n2', long)]);
    const inShort = 'Sold too late. Sold too late. Sold too late. Sold too late.…';
    expect(run('journal.edit').titles).toEqual([`Too early · ${AT}`, `${inShort} · ${AT}`]);
    run('journal.edit').choose(`Too early · ${AT}`);
    expect(done).toEqual([['journal.edit', 'journal', 'n1']]);
  });

  it('remove one only once that is confirmed, and offer it no longer', async () => {
    const { run, done } = await screen([
      journalEntry('n1', 'Too early'),
      journalEntry('n2', 'Late'),
    ]);
    const asked = run('journal.remove').choose(`Late · ${AT}`);
    expect(asked.question).toBe(`Remove the note “Late · ${AT}”?`);
    // What comes first, and so by one more key, keeps it.
    const [first = '', second = ''] = asked.titles;
    asked.choose(first);
    expect(done).toEqual([]);
    run('journal.remove').choose(`Late · ${AT}`).choose(second);
    await settled();
    expect(done).toEqual([['journal.remove', { entryId: 'n2' }]]);
    expect(run('journal.remove').titles).toEqual([`Too early · ${AT}`]);
  });

  it('say a refusal', async () => {
    const { stores, run } = await screen([journalEntry('n1', 'Gone')], true);
    run('journal.remove').choose(`Gone · ${AT}`).choose(`Remove “Gone · ${AT}”`);
    await settled();
    expect(stores.notices.store.getState().shown?.text()).toBe('There is no such note');
  });

  it('are there while there is a note, and a hub', async () => {
    expect((await screen([])).enabled()).toEqual([]);
    const { stores, enabled } = await screen([journalEntry('n1', 'One')]);
    expect(enabled()).toEqual(['journal.edit', 'journal.remove']);
    stores.connection.setState({ connection: { kind: 'connecting', attempt: 1 } });
    expect(enabled()).toEqual([]);
  });
});
