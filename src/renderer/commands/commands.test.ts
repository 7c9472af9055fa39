import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SharedStorage } from '#tests/fakes/shared-storage.ts';
import type { Command } from './command.ts';
import { CommandRegistry } from './command-registry.ts';
import { type KeyDown, onKeyDown, scopedCommand } from './keyboard.ts';
import {
  changeShortcut,
  commandOf,
  createKeymap,
  holderOf,
  resetShortcut,
  sharedKeys,
  shortcutFor,
} from './keymap.ts';
import { formatShortcut, isTyped, parseShortcut, type Shortcut, shortcutOf } from './shortcut.ts';

const press = (key: string, held: Partial<KeyDown> = {}): KeyDown => ({
  ...{ key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false },
  ...{ target: null, defaultPrevented: false, isComposing: false },
  preventDefault: () => undefined,
  ...held,
});

const shortcut = (text: string): Shortcut => {
  const parsed = parseShortcut(text);
  if (parsed === null) throw new Error(text);
  return parsed;
};

describe('a shortcut', () => {
  it.each([
    [press('k', { ctrlKey: true }), 'Mod+K'],
    [press('K', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+K'],
    [press('>', { shiftKey: true }), '>'],
    [press('ArrowLeft', { altKey: true, shiftKey: true }), 'Alt+Shift+ArrowLeft'],
    [press(' '), 'Space'],
    [press('F6'), 'F6'],
    [press('+', { shiftKey: true }), '+'],
    [press('+', { ctrlKey: true, shiftKey: true }), 'Mod++'],
  ])('is told by the keys that are down (%#)', (event, expected) => {
    expect(shortcutOf(event, false)).toBe(expected);
    expect(parseShortcut(expected)).toBe(expected);
  });

  it('is by the place of a letter where the layout has another script there', () => {
    expect(shortcutOf(press('ㅏ', { code: 'KeyK', ctrlKey: true }), false)).toBe('Mod+K');
    expect(shortcutOf(press('Process', { code: 'KeyK' }), false)).toBe('K');
    // Of a Latin layout that has the letters elsewhere, those count.
    expect(shortcutOf(press('k', { code: 'KeyV' }), false)).toBe('K');
  });

  it('is Command on a Mac, beside which Control is another key', () => {
    const both = press('k', { metaKey: true, ctrlKey: true });
    expect(shortcutOf(both, true)).toBe('Mod+Ctrl+K');
    expect(formatShortcut(shortcut('Mod+Shift+K'), true)).toBe('⇧⌘K');
    expect(formatShortcut(shortcut('Mod+Shift+K'), false)).toBe('Ctrl+Shift+K');
    expect(formatShortcut(shortcut('Mod++'), false)).toBe('Ctrl++');
    expect(formatShortcut(shortcut('Alt+ArrowUp'), false)).toBe('Alt+↑');
  });

  it('is none while only modifiers are down, and none of a wrong text', () => {
    for (const key of ['Control', 'Shift', 'Meta', 'Alt', 'Dead']) {
      expect(shortcutOf(press(key), false)).toBeNull();
    }
    for (const text of ['', 'Mod+', 'Hyper+K', 'Mod+Mod+K', 'Control']) {
      expect(parseShortcut(text)).toBeNull();
    }
    expect(parseShortcut('shift+k')).toBeNull();
    expect(parseShortcut('Shift+Mod+k')).toBe('Mod+Shift+K');
  });

  it('is read back as it was written, whatever is pressed', () => {
    const key = fc.constantFrom('a', 'Z', '1', '+', '-', '?', 'F5', 'ArrowUp', 'Escape', ' ', 'é');
    fc.assert(
      fc.property(
        key,
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        (one, ctrlKey, altKey, shiftKey) => {
          const told = shortcutOf(press(one, { ctrlKey, altKey, shiftKey }), false);
          expect(told && parseShortcut(told)).toBe(told);
          expect(told && isTyped(told)).toBe(!ctrlKey && !altKey);
        },
      ),
    );
  });
});

const kept = () => new SharedStorage().page('only');

const command = (id: string, more: Partial<Command> = {}): Command => ({
  ...{ id, group: 'workspace', title: () => id, run: () => undefined },
  ...more,
});

describe('the keymap', () => {
  const save = command('save', { shortcut: shortcut('Mod+S') });
  const find = command('find', { shortcut: shortcut('Mod+F') });
  const all = [save, find];

  it('has the defaults until the user changes them, and keeps the changes', () => {
    const storage = kept();
    const keymap = createKeymap(storage);
    expect(shortcutFor(save, keymap.getState())).toBe('Mod+S');
    changeShortcut(keymap, all, 'save', shortcut('F2'));
    changeShortcut(keymap, all, 'find', null);
    const again = createKeymap(storage).getState();
    expect([shortcutFor(save, again), shortcutFor(find, again)]).toEqual(['F2', null]);
    resetShortcut(keymap, 'save');
    expect(shortcutFor(save, keymap.getState())).toBe('Mod+S');
    resetShortcut(keymap);
    expect(shortcutFor(find, keymap.getState())).toBe('Mod+F');
  });

  it('gives a shortcut to one command only: whoever had it goes without', () => {
    const keymap = createKeymap(kept());
    expect(holderOf(shortcut('Mod+F'), all, keymap.getState(), 'save')).toBe(find);
    changeShortcut(keymap, all, 'save', shortcut('Mod+F'));
    expect(shortcutFor(find, keymap.getState())).toBeNull();
    expect(holderOf(shortcut('Mod+F'), all, keymap.getState(), 'save')).toBeUndefined();
  });

  it('lets a part of the screen with keys of its own share them, and says with which command', () => {
    const draw = command('draw', { shortcut: shortcut('D'), scope: 'chart' });
    const move = command('move', { shortcut: shortcut('M'), scope: 'chart' });
    const withChart = [...all, draw, move];
    const keymap = createKeymap(kept());
    const shared = (one: Command, keys: string) =>
      sharedKeys(shortcut(keys), one, withChart, keymap.getState());
    expect(shared(draw, 'Mod+S')).toEqual({ first: draw, elsewhere: save });
    expect(shared(save, 'M')).toEqual({ first: move, elsewhere: save });
    expect(shared(draw, 'M')).toBeUndefined();
    changeShortcut(keymap, withChart, 'draw', shortcut('Mod+S'));
    expect(shortcutFor(save, keymap.getState())).toBe('Mod+S');
    expect(holderOf(shortcut('M'), withChart, keymap.getState(), 'draw')).toBe(move);
    changeShortcut(keymap, withChart, 'draw', shortcut('M'));
    expect(shortcutFor(move, keymap.getState())).toBeNull();
  });

  it('is that of all pages of a browser', () => {
    const storage = new SharedStorage();
    const [here, there] = [storage.page('here'), storage.page('there')].map(createKeymap);
    if (!here || !there) throw new Error('two were made');
    changeShortcut(here, all, 'save', shortcut('F2'));
    expect(shortcutFor(save, there.getState())).toBe('F2');
    changeShortcut(there, all, 'find', shortcut('F3'));
    expect(shortcutFor(save, here.getState())).toBe('F2');
    expect(shortcutFor(find, here.getState())).toBe('F3');
  });

  it('loses nothing but what cannot be read', () => {
    const storage = kept();
    storage.write('tapedeck:shortcuts', '{"save":7,"find":"F3"}');
    const keymap = createKeymap(storage).getState();
    expect([shortcutFor(save, keymap), shortcutFor(find, keymap)]).toEqual(['Mod+S', 'F3']);
  });

  it('begins with the defaults where what was kept cannot be read', () => {
    for (const text of ['{', '[]', '{"save":7}', 'null']) {
      const storage = kept();
      storage.write('tapedeck:shortcuts', text);
      expect(shortcutFor(save, createKeymap(storage).getState())).toBe('Mod+S');
    }
  });
});

describe('the keyboard', () => {
  function open() {
    const ran: string[] = [];
    const registry = new CommandRegistry();
    const keymap = createKeymap(kept());
    const run = (id: string, more: Partial<Command>) =>
      command(id, { run: () => void ran.push(id), ...more });
    const down = (event: KeyDown) => onKeyDown(event, registry, keymap, false);
    return { ran, registry, keymap, run, down };
  }
  const on = (...selectors: string[]) =>
    ({
      matches: (selector: string) => selectors.some((one) => selector.split(', ').includes(one)),
    }) as unknown as EventTarget;

  it('leaves to a text what editing it takes', () => {
    const { ran, registry, run, down } = open();
    registry.register([run('undo', { shortcut: shortcut('Mod+Z') })]);
    down(press('z', { ctrlKey: true, target: on('textarea') }));
    expect(ran).toEqual([]);
    down(press('z', { ctrlKey: true, target: on('button') }));
    expect(ran).toEqual(['undo']);
  });

  it('runs the command of a shortcut, if it is enabled, and keeps the key from the browser', () => {
    const { ran, registry, run, down } = open();
    let isOpen = false;
    registry.register([
      run('save', { shortcut: shortcut('Mod+S') }),
      run('play', { shortcut: shortcut('K'), isEnabled: () => isOpen }),
      run('other', { shortcut: shortcut('K') }),
    ]);
    let prevented = 0;
    const preventDefault = () => void prevented++;
    down(press('s', { ctrlKey: true, preventDefault }));
    down(press('k', { preventDefault }));
    isOpen = true;
    down(press('k', { preventDefault }));
    down(press('x', { preventDefault }));
    expect(ran).toEqual(['save', 'other', 'play']);
    expect(prevented).toBe(3);
  });

  it('asks no command but those of the key whether it can be run', () => {
    const { registry, run, down } = open();
    const asked: string[] = [];
    const asking = (id: string) => () => {
      asked.push(id);
      return true;
    };
    registry.register([
      run('save', { shortcut: shortcut('Mod+S'), isEnabled: asking('save') }),
      run('choose', { isEnabled: asking('choose') }),
    ]);
    down(press('x'));
    down(press('s', { ctrlKey: true }));
    expect(asked).toEqual(['save']);
  });

  it('leaves what is typed to whatever it is typed into, and their own keys to controls', () => {
    const { ran, registry, run, down } = open();
    registry.register([
      run('save', { shortcut: shortcut('Mod+S') }),
      run('play', { shortcut: shortcut('Space') }),
      run('step', { shortcut: shortcut('.') }),
      run('back', { shortcut: shortcut('ArrowLeft') }),
    ]);
    const text = on('textarea');
    for (const key of [' ', '.', 'ArrowLeft']) down(press(key, { target: text }));
    down(press(' ', { target: on('button') }));
    down(press('ArrowLeft', { target: on('[role=tab]') }));
    down(press('s', { ctrlKey: true, isComposing: true }));
    down(press('.', { defaultPrevented: true }));
    expect(ran).toEqual([]);
    down(press('s', { ctrlKey: true, target: text }));
    down(press('.', { target: on('button') }));
    down(press(' ', { target: on('div') }));
    // A slider does nothing by the space bar.
    down(press(' ', { target: on('input', 'input[type=range]') }));
    expect(ran).toEqual(['save', 'step', 'play', 'play']);
  });

  it('leaves the keys of a part of the screen to it', () => {
    const { ran, registry, keymap, run, down } = open();
    registry.register([
      run('draw', { shortcut: shortcut('D'), scope: 'chart' }),
      run('done', { shortcut: shortcut('D') }),
    ]);
    expect(scopedCommand(press('d'), 'chart', registry, keymap, false)?.id).toBe('draw');
    expect(scopedCommand(press('x'), 'chart', registry, keymap, false)).toBeUndefined();
    down(press('d'));
    expect(ran).toEqual(['done']);
  });

  it('knows the commands of what is on the screen, by group, until they are taken away', () => {
    const { registry, run } = open();
    let told = 0;
    registry.onChange(() => void told++);
    const end = registry.register([run('play', { group: 'replay' })]);
    registry.register([run('save', { group: 'workspace' })]);
    expect(registry.list().map(({ id }) => id)).toEqual(['save', 'play']);
    expect(registry.list()).toBe(registry.list());
    expect(() => registry.register([run('save', {})])).toThrow(/one command save/);
    end();
    expect(registry.list().map(({ id }) => id)).toEqual(['save']);
    expect(told).toBe(3);
  });
});

describe('other keys of a command', () => {
  const run = () => undefined;
  const commands: readonly Command[] = [
    {
      ...{ id: 'play', group: 'replay', title: () => 'Play', run },
      ...{ shortcut: shortcut('Space'), alsoBy: [shortcut('K')] },
    },
    { id: 'other', group: 'help', title: () => 'Other', run },
  ];
  const keymap = (changes: Readonly<Record<string, Shortcut | null>>) => ({ changes });
  const meant = (keys: string, changes: Readonly<Record<string, Shortcut | null>> = {}) =>
    commandOf(shortcut(keys), commands, keymap(changes))?.id;

  it('do the same until the user gives it keys, or gives them to another', () => {
    expect([meant('Space'), meant('K'), meant('J')]).toEqual(['play', 'play', undefined]);
    expect(meant('K', { play: shortcut('P') })).toBeUndefined();
    expect(meant('K', { other: shortcut('K') })).toBe('other');
  });
});
