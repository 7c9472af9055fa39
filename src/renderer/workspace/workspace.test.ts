import { describe, expect, it } from 'vitest';
import type { InstrumentId } from '#domain/instrument.ts';
import { FakeDock } from '#tests/fakes/fake-dock.ts';
import { PaletteWalk } from '#tests/fakes/palette-walk.ts';
import { LinkedSelections } from '../stores/linked-selections.ts';
import { PINNED } from '../stores/links.ts';
import { defaultLayout } from './default-layout.ts';
import { layoutSchema, MOST_PANELS } from './layout.ts';
import { type ClosedPanels, Workspace } from './workspace.ts';
import { panelCommands } from './workspace-commands.ts';

const BTC = 'demo:BTC/USDT' as InstrumentId;
const ETH = 'demo:ETH/USDT' as InstrumentId;

function start() {
  const selections = new LinkedSelections();
  const workspace = new Workspace(selections);
  const dock = new FakeDock();
  workspace.apply(defaultLayout(1_280));
  workspace.attach(dock);
  selections.default.setState({ selectedInstrumentId: BTC });
  const shownIn = (panelId: string) => workspace.selectionOf(panelId).getState();
  const choose = (panelId: string, selectedInstrumentId: InstrumentId) =>
    workspace.selectionOf(panelId).setState({ selectedInstrumentId });
  return { workspace, dock, selections, shownIn, choose };
}

describe('panels', () => {
  it('begin where the default layout has them, all in one group', () => {
    const { workspace, dock } = start();
    expect(dock.panelIds).toContain('chart');
    expect(new Set(Object.values(workspace.layout.panels).map(({ link }) => link))).toEqual(
      new Set(['A']),
    );
  });

  it('of one kind may be several, each with settings of its own', () => {
    const { workspace, dock } = start();
    const second = workspace.open('chart') ?? '';
    workspace.setOption('chart', 'interval', '5m');
    workspace.setOption(second, 'interval', '1h');
    expect(dock.panelIds).toContain(second);
    expect(workspace.option('chart', 'interval')).toBe('5m');
    expect(workspace.option(second, 'interval')).toBe('1h');
  });

  it('are forgotten when they are closed', () => {
    const { workspace, dock } = start();
    workspace.close('tape');
    expect(Object.keys(workspace.layout.panels)).not.toContain('tape');
    for (const id of [...dock.panelIds]) workspace.close(id);
    expect(workspace.layout).toMatchObject({ root: null, panels: {} });
    expect(layoutSchema.safeParse(workspace.layout).success).toBe(true);
  });

  it('that were closed can be had again as they were, where nothing was moved since', () => {
    const { workspace, shownIn, choose } = start();
    workspace.link('tape', PINNED);
    choose('tape', ETH);
    workspace.setOption('tape', 'volume', 0.5);
    const closed: ClosedPanels[] = [];
    workspace.onClosed((one) => closed.push(one));
    const before = workspace.layout;
    workspace.close('tape');
    workspace.close('chart');
    for (const one of closed.toReversed()) workspace.reopen(one);
    expect(workspace.layout).toEqual(before);
    expect(shownIn('tape').selectedInstrumentId).toBe(ETH);
    expect(workspace.option('tape', 'volume')).toBe(0.5);
    expect(closed).toHaveLength(2);
  });

  it('that were closed stand beside others where something was moved since', () => {
    const { workspace, shownIn, choose } = start();
    workspace.link('tape', PINNED);
    choose('tape', ETH);
    const closed: ClosedPanels[] = [];
    workspace.onClosed((one) => closed.push(one));
    workspace.close('tape');
    const opened = workspace.open('fills') ?? '';
    const [tape] = closed;
    if (tape) workspace.reopen(tape);
    expect(Object.keys(workspace.layout.panels)).toContain(opened);
    expect(shownIn('tape-1').selectedInstrumentId).toBe(ETH);
  });

  it('are no more than a screen can bear', () => {
    const { workspace } = start();
    while (workspace.open('tape') !== null);
    expect(Object.keys(workspace.layout.panels)).toHaveLength(MOST_PANELS);
  });

  it('are shown where there is one of the kind, and opened where there is none', () => {
    const { workspace, dock } = start();
    expect(workspace.show('notifications')).toBe('notifications');
    expect(dock.activePanelId).toBe('notifications');
    const fills = workspace.show('fills');
    expect(dock.panelIds).toContain(fills);
    expect(workspace.show('fills')).toBe(fills);
  });
});

describe('linked panels', () => {
  it('follow what is chosen in one of them', () => {
    const { shownIn, choose } = start();
    choose('watchlist', ETH);
    expect(shownIn('chart').selectedInstrumentId).toBe(ETH);
    expect(shownIn('tape').selectedInstrumentId).toBe(ETH);
  });

  it('of another group keep theirs; a group that shows nothing takes over what comes into it', () => {
    const { workspace, shownIn, choose } = start();
    workspace.link('chart', 'B');
    expect(shownIn('chart').selectedInstrumentId).toBe(BTC);
    choose('watchlist', ETH);
    expect(shownIn('chart').selectedInstrumentId).toBe(BTC);
    workspace.link('tape', 'B');
    expect(shownIn('tape').selectedInstrumentId).toBe(BTC);
  });

  it('that are pinned follow nobody, and nobody follows them', () => {
    const { workspace, shownIn, choose } = start();
    workspace.link('chart', PINNED);
    choose('watchlist', ETH);
    expect(shownIn('chart').selectedInstrumentId).toBe(BTC);
    choose('chart', 'demo:SOL/USDT' as InstrumentId);
    expect(shownIn('tape').selectedInstrumentId).toBe(ETH);
    workspace.link('chart', 'A');
    expect(shownIn('chart').selectedInstrumentId).toBe(ETH);
  });

  it('are the same after the layout was saved and read', () => {
    const { workspace, choose } = start();
    workspace.link('chart', PINNED);
    workspace.link('tape', 'C');
    choose('watchlist', ETH);
    const kept = layoutSchema.parse(JSON.parse(JSON.stringify(workspace.layout)));
    const other = start();
    other.workspace.apply(kept);
    expect(other.shownIn('chart').selectedInstrumentId).toBe(BTC);
    expect(other.shownIn('watchlist').selectedInstrumentId).toBe(ETH);
    expect(other.workspace.layout).toEqual(kept);
  });

  it('a copy of a pinned panel shows the same, and is pinned for itself', () => {
    const { workspace, dock, shownIn, choose } = start();
    workspace.link('chart', PINNED);
    workspace.duplicate('chart');
    const copy = dock.activePanelId ?? '';
    choose('chart', ETH);
    expect(shownIn(copy).selectedInstrumentId).toBe(BTC);
  });
});

describe('the keyboard', () => {
  it('acts on the active panel', () => {
    const { workspace, dock } = start();
    workspace.activate('chart');
    const commands = panelCommands(workspace, () => undefined);
    for (const { run, id } of commands) {
      workspace.activate('chart');
      if (id !== 'panels.close') run();
    }
    workspace.activate('chart');
    expect(dock.asked).toContainEqual(['move', 'chart', 'left']);
    expect(dock.asked).toContainEqual(['resize', 'chart', 'down']);
    expect(dock.asked).toContainEqual(['toggleMaximized', 'chart']);
    expect(dock.asked).toContainEqual(['focusSearch', 'chart']);
    expect(dock.panelIds).toContain('chart-1');
    commands.find(({ id }) => id === 'panels.close')?.run();
    expect(dock.panelIds).not.toContain('chart');
  });

  it('links the panel that it is in with the group that is chosen, where there is anything to link', () => {
    const { workspace } = start();
    const walk = new PaletteWalk();
    const commands = panelCommands(workspace, walk.ask);
    const link = commands.find(({ id }) => id === 'panels.link');
    workspace.activate(workspace.open('health') ?? '');
    expect(link?.isEnabled?.()).toBe(false);
    workspace.activate('chart');
    expect(link?.isEnabled?.()).toBe(true);
    walk.run(commands, 'panels.link').choose('Group B');
    expect(workspace.layout.panels['chart']?.link).toBe('B');
  });

  it('opens one more panel of the kind that is chosen', () => {
    const { workspace, dock } = start();
    const walk = new PaletteWalk();
    const commands = panelCommands(workspace, walk.ask);
    walk.run(commands, 'panels.open').choose('Chart');
    expect(dock.panelIds).toEqual(expect.arrayContaining(['chart', 'chart-1']));
    expect(dock.activePanelId).toBe('chart-1');
  });

  it('has no keys twice, and a title for each', () => {
    const commands = panelCommands(start().workspace, () => undefined);
    const keys = commands.flatMap(({ shortcut }) => shortcut ?? []);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { title } of commands) expect(title()).not.toContain('.');
  });
});
