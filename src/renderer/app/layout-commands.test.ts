import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { createDialogStore } from '../stores/dialog-store.ts';
import type { LayoutsState } from '../workspace/layouts.ts';
import { layoutCommands } from './layout-commands.ts';

function open(name: string | null, names: readonly string[]) {
  const done: string[] = [];
  const note = (text: string) => void done.push(text);
  const dialogs = createDialogStore();
  const commands = layoutCommands({
    layouts: {
      store: createStore<LayoutsState>(() => ({ name, names, isModified: false })),
      switchTo: (to) => note(`to ${to}`),
      save: () => note('save'),
      duplicate: (unnamed) => note(`duplicate ${unnamed}`),
      remove: (one) => note(`remove ${one}`),
      reset: () => note('reset'),
      import: (file, text) => note(`import ${file}: ${text}`),
    },
    dialogs,
    page: {
      exportLayout: (one) => note(`export ${one}`),
      pickFile: async () => new File(['{}'], 'mine.json'),
      openWindow: () => note('window'),
    },
  });
  const command = (id: string) => {
    const found = commands.find((one) => one.id === `layout.${id}`);
    if (found === undefined) throw new Error(id);
    return found;
  };
  return { done, dialogs, command };
}

describe('the commands of layouts', () => {
  it('go round, with the layout that Tapedeck comes with between the last and the first', () => {
    const last = open('b', ['a', 'b']);
    last.command('next').run();
    last.command('previous').run();
    const own = open(null, ['a', 'b']);
    own.command('next').run();
    own.command('previous').run();
    expect([last.done, own.done]).toEqual([
      ['to null', 'to a'],
      ['to a', 'to b'],
    ]);
  });

  it('that go on are nothing where there is but one', () => {
    expect(open(null, []).command('next').isEnabled?.()).toBe(false);
  });

  it('keep the one that has a name, and ask for one where it has none', () => {
    const named = open('Night', ['Night']);
    named.command('save').run();
    expect([named.done, named.dialogs.getState().open]).toEqual([['save'], null]);
    named.command('rename').run();
    expect(named.dialogs.getState().open).toBe('rename-layout');
    const unnamed = open(null, []);
    unnamed.command('save').run();
    expect([unnamed.done, unnamed.dialogs.getState().open]).toEqual([[], 'save-layout']);
    expect(unnamed.command('rename').isEnabled?.()).toBe(false);
    expect(unnamed.command('delete').isEnabled?.()).toBe(false);
  });

  it('do whatever else the menu does', async () => {
    const { done, command } = open('Night', ['Night']);
    for (const id of ['duplicate', 'delete', 'reset', 'export', 'window', 'import']) {
      command(id).run();
    }
    await expect.poll(() => done).toHaveLength(6);
    expect(done).toEqual([
      ...['duplicate Default', 'remove Night', 'reset', 'export Night', 'window'],
      'import mine.json: {}',
    ]);
  });
});
