import { describe, expect, it } from 'vitest';
import type { InstrumentId } from '#domain/instrument.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { FakeDock } from '#tests/fakes/fake-dock.ts';
import { LinkedSelections } from '../stores/linked-selections.ts';
import { defaultLayout } from './default-layout.ts';
import { KeptLayouts } from './kept-layouts.ts';
import { isSameArrangement, type Layout } from './layout.ts';
import { layoutText } from './layout-files.ts';
import { type LayoutNotice, Layouts } from './layouts.ts';
import type { PageWindow } from './page-window.ts';
import { Workspace } from './workspace.ts';

/** One user's browser: what its windows keep. */
class FakeStorage {
  readonly values = new Map<string, string>();
  read = (key: string) => this.values.get(key) ?? null;
  write = (key: string, value: string) => void this.values.set(key, value);
  erase = (key: string) => void this.values.delete(key);
}

const FIRST: PageWindow = { id: null, layoutName: null };
const beside = (id: string, layoutName = 'Night'): PageWindow => ({ id, layoutName });

function open(storage = new FakeStorage(), pageWindow = FIRST, window = { width: 1_280 }) {
  const clock = new FakeClock();
  const workspace = new Workspace(new LinkedSelections());
  const kept = new KeptLayouts(storage, pageWindow);
  const { layoutName } = pageWindow;
  const said: { readonly notice: LayoutNotice; readonly undo: (() => void) | undefined }[] = [];
  const layouts = new Layouts({
    ...{ workspace, kept, clock, layoutName, windowWidth: () => window.width },
    say: (notice, undo) => void said.push({ notice, undo }),
  });
  const undo = () => said.at(-1)?.undo?.();
  const dock = new FakeDock();
  workspace.attach(dock);
  const state = () => layouts.store.getState();
  return { storage, clock, workspace, layouts, dock, state, said, undo };
}

describe('the layout at work', () => {
  it('is the default one at first, unchanged', () => {
    const { state, workspace, said } = open();
    expect(state()).toMatchObject({ name: null, isModified: false, names: [] });
    expect(said).toEqual([]);
    expect(isSameArrangement(workspace.layout, defaultLayout(3_840))).toBe(false);
  });

  it('is there again after a reload, saved or not', () => {
    const first = open();
    first.workspace.close('tape');
    first.workspace.link('chart', 'B');
    first.clock.advance(1_000);
    const { workspace, state } = open(first.storage);
    expect(Object.keys(workspace.layout.panels)).not.toContain('tape');
    expect(workspace.layout.panels['chart']?.link).toBe('B');
    expect(state().isModified).toBe(true);
  });

  it('is written when the page goes away, however soon', () => {
    const first = open();
    first.workspace.close('tape');
    first.layouts.flush();
    expect(first.clock.pendingTimers).toBe(0);
    expect(Object.keys(open(first.storage).workspace.layout.panels)).not.toContain('tape');
  });

  it.each(['{', '{"name":null,"layout":{"format":"other"}}', '[['.repeat(100_000)])(
    'begins anew, and says so, where what was kept is damaged',
    (text) => {
      const storage = new FakeStorage();
      storage.write('tapedeck:workspace', text);
      const { workspace, said } = open(storage);
      expect(said).toEqual([{ notice: { kind: 'damaged' } }]);
      expect(Object.keys(workspace.layout.panels)).toContain('chart');
    },
  );
});

describe('the default layout in a window of another class', () => {
  const isMadeFor = (layout: Layout, width: number) =>
    isSameArrangement(layout, defaultLayout(width));

  it('is made anew, be the window resized or opened again', () => {
    const window = { width: 1_280 };
    const first = open(undefined, FIRST, window);
    window.width = 2_560;
    first.layouts.windowResized();
    expect(isMadeFor(first.workspace.layout, 2_560)).toBe(true);
    expect(first.state().isModified).toBe(false);
    first.clock.advance(1_000);
    const second = open(first.storage, FIRST, { width: 1_000 });
    expect(isMadeFor(second.workspace.layout, 1_000)).toBe(true);
  });

  it('stays within its class, where its sides keep their shares', () => {
    const window = { width: 1_280 };
    const { layouts, workspace, state } = open(undefined, FIRST, window);
    const before = workspace.layout;
    window.width = 1_920;
    layouts.windowResized();
    expect(workspace.layout).toEqual(before);
    expect(state().isModified).toBe(false);
  });

  it('stays as it is where the user has changed it, or works in a layout of his own', () => {
    const window = { width: 1_280 };
    const changed = open(undefined, FIRST, window);
    changed.workspace.close('tape');
    const own = open(undefined, FIRST, window);
    own.layouts.saveAs('Night');
    const before = [changed.workspace.layout, own.workspace.layout];
    window.width = 3_840;
    changed.layouts.windowResized();
    own.layouts.windowResized();
    expect([changed.workspace.layout, own.workspace.layout]).toEqual(before);
    changed.layouts.reset();
    expect(isMadeFor(changed.workspace.layout, 3_840)).toBe(true);
  });
});

describe('named layouts', () => {
  it('are saved, left and come back to', () => {
    const { layouts, workspace, state } = open();
    workspace.close('tape');
    expect(layouts.saveAs(' Night ')).toBeNull();
    expect(state()).toMatchObject({ name: 'Night', isModified: false, names: ['Night'] });
    layouts.switchTo(null);
    expect(Object.keys(workspace.layout.panels)).toContain('tape');
    layouts.switchTo('Night');
    expect(Object.keys(workspace.layout.panels)).not.toContain('tape');
  });

  it('take changes when they are saved, and not before', () => {
    const { layouts, workspace, state, said, undo } = open();
    layouts.saveAs('Night');
    workspace.close('tape');
    expect(state().isModified).toBe(true);
    layouts.switchTo(null);
    expect(said.at(-1)?.notice).toEqual({ kind: 'left', name: 'Night' });
    undo();
    expect(Object.keys(workspace.layout.panels)).not.toContain('tape');
    layouts.save();
    expect(state().isModified).toBe(false);
  });

  it('have names that tell them apart', () => {
    const { layouts, state } = open();
    layouts.saveAs('Night');
    expect(layouts.saveAs('Night')).toBe('taken');
    expect(layouts.saveAs('  ')).toBe('unusable');
    expect(layouts.saveAs('x'.repeat(41))).toBe('unusable');
    expect(layouts.rename('Night', 'Day')).toBeNull();
    expect(state()).toMatchObject({ name: 'Day', names: ['Day'] });
  });

  it('are deleted, and undeleted', () => {
    const { layouts, state, said } = open();
    layouts.saveAs('Night');
    layouts.remove('Night');
    expect(state()).toMatchObject({ name: null, names: [] });
    const removed = said.at(-1);
    layouts.saveAs('Dawn');
    // What came since stays.
    removed?.undo?.();
    expect(state()).toMatchObject({ name: 'Night', names: ['Dawn', 'Night'] });
  });

  it('stay as they are where one goes back to the default', () => {
    const { layouts, workspace, state, undo } = open();
    workspace.close('tape');
    layouts.saveAs('Night');
    layouts.reset();
    expect(state()).toMatchObject({ name: null, names: ['Night'], isModified: false });
    undo();
    expect(state()).toMatchObject({ name: 'Night', isModified: false });
  });

  it('that are damaged in the storage are told of, once', () => {
    const storage = new FakeStorage();
    storage.write('tapedeck:layouts', '[{"name":"Night"}]');
    expect(open(storage).said).toEqual([{ notice: { kind: 'libraryDamaged' } }]);
  });
});

describe('a duplicate', () => {
  it('is what is shown, under a number more; the original stays as it was saved', () => {
    const { layouts, workspace, state, said, undo } = open();
    layouts.saveAs('Night');
    workspace.close('tape');
    layouts.duplicate('Default');
    expect(state()).toMatchObject({ name: 'Night 2', names: ['Night', 'Night 2'] });
    expect(state().isModified).toBe(false);
    expect(said.at(-1)?.notice).toEqual({ kind: 'duplicated', name: 'Night 2' });
    layouts.switchTo('Night');
    expect(Object.keys(workspace.layout.panels)).toContain('tape');
    layouts.switchTo('Night 2');
    expect(Object.keys(workspace.layout.panels)).not.toContain('tape');
    layouts.duplicate('Default');
    expect(state().name).toBe('Night 2 2');
    undo();
    expect(state()).toMatchObject({ name: 'Night 2', names: ['Night', 'Night 2'] });
  });

  it('of the layout that Tapedeck comes with has its name and a number', () => {
    const { layouts, state } = open();
    layouts.duplicate('Default');
    expect(state()).toMatchObject({ name: 'Default 2', isModified: false });
  });
});

describe('files', () => {
  it('carry a layout to another user', () => {
    const mine = open();
    mine.workspace.close('tape');
    mine.workspace.link('chart', 'none');
    const text = layoutText(mine.workspace.layout);
    const theirs = open();
    theirs.layouts.import('Night desk.tapedeck.json', text);
    expect(theirs.state()).toMatchObject({ name: 'Night desk', isModified: false });
    expect(isSameArrangement(theirs.workspace.layout, mine.workspace.layout)).toBe(true);
    theirs.layouts.import('Night desk.json', text);
    expect(theirs.state().names).toEqual(['Night desk', 'Night desk 2']);
    theirs.undo();
    expect(theirs.state()).toMatchObject({ name: 'Night desk', names: ['Night desk'] });
  });

  it.each([
    ['no JSON', 'hello'],
    ['another program’s', '{"grid":{}}'],
    ['a panel that is nowhere', broken((layout) => ({ ...layout, root: null }))],
    ['a panel that nobody knows', broken((layout) => ({ ...layout, panels: {} }))],
    ['a field too many', broken((layout) => ({ ...layout, script: 'x' }))],
  ])('that are broken change nothing, and are told of in one sentence: %s', (_name, text) => {
    const { layouts, workspace, state, said } = open();
    const before = workspace.layout;
    layouts.import('x.json', text);
    expect(said).toEqual([{ notice: { kind: 'importDamaged', name: 'x.json' } }]);
    expect(state().names).toEqual([]);
    expect(workspace.layout).toEqual(before);
  });
});

function broken(spoil: (layout: ReturnType<typeof defaultLayout>) => object): string {
  return JSON.stringify(spoil(defaultLayout(1_280)));
}

describe('several windows', () => {
  it('have each a layout of its own, and one library', () => {
    const first = open();
    first.layouts.saveAs('Night');
    first.clock.advance(1_000);
    const second = open(first.storage, beside('b'));
    expect(second.state().name).toBe('Night');
    second.workspace.close('tape');
    second.clock.advance(1_000);
    expect(Object.keys(open(first.storage).workspace.layout.panels)).toContain('tape');
    expect(Object.keys(open(first.storage, beside('b')).workspace.layout.panels)).not.toContain(
      'tape',
    );
    second.layouts.saveAs('Other');
    first.layouts.reloadLibrary();
    expect(first.state().names).toEqual(['Night', 'Other']);
  });

  it('one whose layout another window has deleted keeps what it shows', () => {
    const first = open();
    first.layouts.saveAs('Night');
    const second = open(first.storage, beside('b'));
    first.layouts.remove('Night');
    second.layouts.reloadLibrary();
    expect(second.state()).toMatchObject({ name: 'Night', names: [], isModified: true });
  });

  it('one that saves over what another has saved meanwhile says so, and can take it back', () => {
    const first = open();
    first.layouts.saveAs('Night');
    const second = open(first.storage, beside('b'));
    first.workspace.close('tape');
    first.layouts.save();
    second.layouts.reloadLibrary();
    second.workspace.close('bots');
    second.layouts.save();
    expect(second.said.at(-1)?.notice).toEqual({ kind: 'replaced', name: 'Night' });
    second.undo();
    const saved = () => open(first.storage, beside('c')).workspace.layout.panels;
    expect(Object.keys(saved())).not.toContain('tape');
    expect(Object.keys(second.workspace.layout.panels)).not.toContain('bots');
    expect(second.state().isModified).toBe(true);
    second.layouts.save();
    second.layouts.save();
    expect(second.said.map(({ notice }) => notice.kind).slice(-2)).toEqual(['replaced', 'saved']);
  });

  it('that begin with the same layout do not write over each other’s', () => {
    const first = open();
    first.layouts.saveAs('Night');
    const [second, third] = [beside('b'), beside('c')].map((one) => open(first.storage, one));
    second?.workspace.close('tape');
    second?.layouts.flush();
    third?.workspace.close('bots');
    third?.layouts.flush();
    const panels = (one: PageWindow) =>
      Object.keys(open(first.storage, one).workspace.layout.panels);
    expect(panels(beside('b'))).not.toContain('tape');
    expect(panels(beside('b'))).toContain('bots');
    expect(panels(beside('c'))).not.toContain('bots');
    expect(panels(beside('c'))).toContain('tape');
  });

  it('a second tab begins with a copy of what the first one shows, says so once, and goes its way', () => {
    const first = open();
    first.layouts.saveAs('Night');
    first.workspace.close('tape');
    first.layouts.flush();
    const tab: PageWindow = { id: 'b', layoutName: null, copiedFrom: { id: null } };
    const second = open(first.storage, tab);
    expect(second.said).toEqual([{ notice: { kind: 'copied' } }]);
    expect(second.state()).toMatchObject({ name: 'Night', isModified: true });
    expect(Object.keys(second.workspace.layout.panels)).not.toContain('tape');
    second.workspace.close('bots');
    second.layouts.flush();
    expect(Object.keys(open(first.storage).workspace.layout.panels)).toContain('bots');
    const again = open(first.storage, tab);
    expect(again.said).toEqual([]);
    expect(Object.keys(again.workspace.layout.panels)).not.toContain('bots');
  });

  it('are forgotten when twelve others were used since', () => {
    const { storage } = open();
    for (let number = 0; number < 14; number += 1) {
      const { workspace, layouts } = open(storage, beside(`w${number}`));
      workspace.close('tape');
      layouts.flush();
    }
    const working = [...storage.values.keys()].filter((key) =>
      key.startsWith('tapedeck:workspace:'),
    );
    expect(working).toHaveLength(12);
    expect(working).not.toContain('tapedeck:workspace:w1');
    expect(working).toContain('tapedeck:workspace:w2');
  });

  it('remember what they show', () => {
    const first = open();
    first.workspace
      .selectionOf('chart')
      .setState({ selectedInstrumentId: 'demo:ETH/USDT' as InstrumentId });
    first.clock.advance(1_000);
    const again = open(first.storage).workspace.selectionOf('chart').getState();
    expect(again.selectedInstrumentId).toBe('demo:ETH/USDT');
  });
});
