import { describe, expect, it } from 'vitest';
import { type ChartTools, KeyedCharts } from '../features/chart/keyed-charts.ts';
import { LinkedSelections } from '../stores/linked-selections.ts';
import { Workspace } from '../workspace/workspace.ts';
import { chartCommands } from './chart-commands.ts';

describe('the commands of the chart', () => {
  it('change the chart that one works in, and nothing else of it', () => {
    const workspace = new Workspace(new LinkedSelections());
    const command = (id: string) =>
      chartCommands(workspace, new KeyedCharts()).find((one) => one.id === id);
    expect(command('chart.interval.5m')?.isEnabled?.()).toBe(false);
    const [first, second] = [workspace.open('chart'), workspace.open('chart')];
    if (first === null || second === null) throw new Error('there is room');
    workspace.setOption(second, 'chart', { volume: 'sides', interval: '1h' });
    workspace.store.setState({ activePanelId: second });
    command('chart.interval.5m')?.run();
    command('chart.kind.line')?.run();
    command('chart.volume.none')?.run();
    command('chart.logarithmic')?.run();
    expect(workspace.option(second, 'chart')).toEqual({
      ...{ volume: 'none', interval: '5m', kind: 'line', isLogarithmic: true },
    });
    expect(workspace.option(first, 'chart')).toBeUndefined();
  });

  it('use the tools of that chart, and are there while it is shown', () => {
    const workspace = new Workspace(new LinkedSelections());
    const shown = new KeyedCharts<ChartTools>();
    const commands = chartCommands(workspace, shown);
    const tools = ['indicators', 'compare', 'screenshot'].map((name) =>
      commands.find(({ id }) => id === `chart.${name}`),
    );
    const panelId = workspace.open('chart');
    expect(tools.map((one) => one?.isEnabled?.())).toEqual([false, false, false]);
    const done: string[] = [];
    shown.add(panelId ?? '', {
      open: (dialog) => done.push(dialog),
      savePicture: () => done.push('picture'),
    });
    for (const one of tools) if (one?.isEnabled?.()) one.run();
    expect(done).toEqual(['indicators', 'compare', 'picture']);
  });
});
