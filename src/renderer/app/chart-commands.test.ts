import { describe, expect, it } from 'vitest';
import { LinkedSelections } from '../stores/linked-selections.ts';
import { Workspace } from '../workspace/workspace.ts';
import { chartCommands } from './chart-commands.ts';

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
