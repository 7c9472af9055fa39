import { describe, expect, it } from 'vitest';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { FakeDock } from '#tests/fakes/fake-dock.ts';
import { LinkedSelections } from '../stores/linked-selections.ts';
import { defaultLayout } from './default-layout.ts';
import { type PanelAnswers, PanelAsks } from './panel-asks.ts';
import { Workspace } from './workspace.ts';

function start() {
  const workspace = new Workspace(new LinkedSelections());
  const dock = new FakeDock();
  workspace.apply(defaultLayout(1_280));
  workspace.attach(dock);
  const clock = new FakeClock();
  const asks = new PanelAsks(workspace, clock);
  const done: string[] = [];
  const hold = (panelId: string): PanelAnswers => ({
    hold: (about) => done.push([panelId, about].filter(Boolean).join(' ')),
  });
  const answer = (panelId: string) => asks.answer(panelId, hold(panelId));
  return { workspace, dock, asks, clock, done, answer };
}

describe('what a command asks of a panel', () => {
  it('is done in the one that one works in, else in one of its kind that is seen', () => {
    const { workspace, asks, done, answer } = start();
    const second = workspace.open('tape') ?? '';
    answer('tape');
    answer(second);
    workspace.activate(second);
    asks.ask({ name: 'hold', panel: 'tape', isQuiet: true });
    workspace.activate('chart');
    asks.ask({ name: 'hold', panel: 'tape', isQuiet: true });
    expect(done).toEqual([second, 'tape']);
    expect(workspace.store.getState().activePanelId).toBe('chart');
  });

  it('brings it to the front where something is to be seen or written there', () => {
    const { workspace, asks, done, answer } = start();
    answer('tape');
    workspace.activate('chart');
    asks.ask({ name: 'hold', panel: 'tape', about: 'it' });
    expect(done).toEqual(['tape it']);
    expect(workspace.store.getState().activePanelId).toBe('tape');
  });

  it('opens one where there is none, which answers once it is drawn, and once', () => {
    const { workspace, dock, asks, done, answer } = start();
    workspace.close('tape');
    asks.ask({ name: 'hold', panel: 'tape', isQuiet: true });
    const opened = workspace.store.getState().activePanelId ?? '';
    expect(dock.panelIds).toContain(opened);
    expect(done).toEqual([]);
    asks.answer(opened, { another: () => done.push('wrong') });
    const end = answer(opened);
    end();
    answer(opened);
    expect(done).toEqual([opened]);
  });

  it('is no longer done where the panel takes so long that nobody expects it', () => {
    const { workspace, asks, clock, done, answer } = start();
    workspace.close('tape');
    asks.ask({ name: 'hold', panel: 'tape' });
    clock.advance(10_001);
    answer(workspace.store.getState().activePanelId ?? '');
    expect(done).toEqual([]);
  });

  it('is of the last command alone where several wait', () => {
    const { workspace, asks, done, answer } = start();
    workspace.close('tape');
    asks.ask({ name: 'hold', panel: 'tape', about: 'first' });
    asks.ask({ name: 'hold', panel: 'tape', about: 'second' });
    const opened = workspace.store.getState().activePanelId ?? '';
    answer(opened);
    expect(done).toEqual([`${opened} second`]);
  });

  it('is nothing to a panel that is out of sight', () => {
    const { workspace, asks, done, answer } = start();
    const end = answer('tape');
    end();
    workspace.activate('chart');
    asks.ask({ name: 'hold', panel: 'tape', isQuiet: true });
    expect(done).toEqual([]);
    expect(workspace.store.getState().activePanelId).toBe('tape');
    answer('tape');
    expect(done).toEqual(['tape']);
  });
});
