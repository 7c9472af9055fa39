import type { Command } from '../commands/command.ts';
import { CHART_INTERVALS } from '../features/chart/bars/chart-interval.ts';
import type { ChartTools, KeyedCharts } from '../features/chart/keyed-charts.ts';
import { CHART_KINDS } from '../features/chart/plot/chart-kinds.ts';
import { VOLUME_KINDS } from '../features/chart/plot/volume-kinds.ts';
import type { ChartSettings } from '../features/chart/settings/chart-settings.ts';
import { translator } from '../i18n/i18n.ts';
import type { Workspace } from '../workspace/workspace.ts';

const t = translator('command-palette');
const ofChart = translator('chart');

type ChartLook = Partial<Pick<ChartSettings, 'interval' | 'kind' | 'volume' | 'isLogarithmic'>>;
type ToolName = 'indicators' | 'compare' | 'screenshot';
type ChartWorkspace = Pick<Workspace, 'store' | 'option' | 'setOption'>;

/** Looks and tools of the chart that one works in, else of the first that there is. */
export function chartCommands(
  workspace: ChartWorkspace,
  shown: Pick<KeyedCharts<ChartTools>, 'of'>,
): readonly Command[] {
  const chartId = (): string | undefined => {
    const { panels, activePanelId } = workspace.store.getState();
    if (activePanelId !== null && panels[activePanelId]?.kind === 'chart') return activePanelId;
    return Object.keys(panels).find((id) => panels[id]?.kind === 'chart');
  };
  const changeBy = (changes: (before: object) => ChartLook) => () => {
    const id = chartId();
    if (id === undefined) return;
    // What is not there the chart takes as usual; it reads its settings itself.
    const kept = workspace.option(id, 'chart');
    const before = typeof kept === 'object' && !Array.isArray(kept) ? (kept ?? {}) : {};
    workspace.setOption(id, 'chart', { ...before, ...changes(before) });
  };
  const change = (changes: ChartLook) => changeBy(() => changes);
  const tools = (): ChartTools | undefined => shown.of(chartId() ?? null);
  const tool = (name: ToolName, run: (tools: ChartTools) => void): Command => ({
    ...{ id: `chart.${name}`, group: 'chart' },
    title: () => t('commands.chartTool', { tool: ofChart(`toolbar.${name}`) }),
    isEnabled: () => tools() !== undefined,
    run: () => {
      const there = tools();
      if (there !== undefined) run(there);
    },
  });
  const isEnabled = () => chartId() !== undefined;
  return [
    ...CHART_INTERVALS.map(
      (interval): Command => ({
        ...{ id: `chart.interval.${interval}`, group: 'chart', isEnabled },
        title: () => t('commands.chartInterval', { interval }),
        run: change({ interval }),
      }),
    ),
    ...CHART_KINDS.map(
      (kind): Command => ({
        ...{ id: `chart.kind.${kind}`, group: 'chart', isEnabled },
        title: () => t('commands.chartKind', { kind: ofChart(`kind.${kind}`) }),
        run: change({ kind }),
      }),
    ),
    ...VOLUME_KINDS.map(
      (volume): Command => ({
        ...{ id: `chart.volume.${volume}`, group: 'chart', isEnabled },
        title: () => t('commands.chartTool', { tool: ofChart(`volume.${volume}`) }),
        run: change({ volume }),
      }),
    ),
    {
      ...{ id: 'chart.logarithmic', group: 'chart', isEnabled },
      title: () => t('commands.chartTool', { tool: ofChart('toolbar.logarithmic') }),
      run: changeBy((before) => ({
        isLogarithmic: !('isLogarithmic' in before && before.isLogarithmic === true),
      })),
    },
    tool('indicators', ({ open }) => open('indicators')),
    tool('compare', ({ open }) => open('compare')),
    tool('screenshot', ({ savePicture }) => savePicture()),
  ];
}
