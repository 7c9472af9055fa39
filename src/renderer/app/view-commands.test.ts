import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { LinkedSelections } from '../stores/linked-selections.ts';
import type { LayoutsState } from '../workspace/layouts.ts';
import { Workspace } from '../workspace/workspace.ts';
import { chartCommands, layoutCommands } from './view-commands.ts';

describe('the commands of layouts', () => {
  const layouts = (name: string | null, names: readonly string[]) => {
    const gone: (string | null)[] = [];
    const store = createStore<LayoutsState>(() => ({ name, names, isModified: false }));
    const commands = layoutCommands({ store, switchTo: (to) => void gone.push(to) });
    return { gone, next: commands[0], previous: commands[1] };
  };

  it('go round, with the layout that Tapedeck comes with between the last and the first', () => {
    const { gone, next, previous } = layouts('b', ['a', 'b']);
    next?.run();
    previous?.run();
    const own = layouts(null, ['a', 'b']);
    own.next?.run();
    own.previous?.run();
    expect([gone, own.gone]).toEqual([
      [null, 'a'],
      ['a', 'b'],
    ]);
  });

  it('are nothing where there is but one', () => {
    expect(layouts(null, []).next?.isEnabled?.()).toBe(false);
  });
});

describe('the commands of the chart', () => {
  it('change the chart that one works in, and nothing else of it', () => {
    const workspace = new Workspace(new LinkedSelections());
    const command = (id: string) => chartCommands(workspace).find((one) => one.id === id);
    expect(command('chart.interval.5m')?.isEnabled?.()).toBe(false);
    const [first, second] = [workspace.open('chart'), workspace.open('chart')];
    if (first === null || second === null) throw new Error('there is room');
    workspace.setOption(second, 'chart', { volume: 'sides', interval: '1h' });
    workspace.store.setState({ activePanelId: second });
    command('chart.interval.5m')?.run();
    command('chart.kind.line')?.run();
    expect(workspace.option(second, 'chart')).toEqual({
      ...{ volume: 'sides', interval: '5m', kind: 'line' },
    });
    expect(workspace.option(first, 'chart')).toBeUndefined();
  });
});
