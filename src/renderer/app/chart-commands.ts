import type { Command } from '../commands/command.ts';
import { CHART_INTERVALS } from '../features/chart/bars/chart-interval.ts';
import { CHART_KINDS } from '../features/chart/plot/chart-kinds.ts';
import type { ChartSettings } from '../features/chart/settings/chart-settings.ts';
import { translator } from '../i18n/i18n.ts';
import type { Workspace } from '../workspace/workspace.ts';

const t = translator('command-palette');
const ofChart = translator('chart');

type ChartLook = Pick<ChartSettings, 'interval'> | Pick<ChartSettings, 'kind'>;
type ChartWorkspace = Pick<Workspace, 'store' | 'option' | 'setOption'>;

/** Interval and type of the chart that one works in, else of the first that there is. */
export function chartCommands(workspace: ChartWorkspace): readonly Command[] {
  const chartId = (): string | undefined => {
    const { panels, activePanelId } = workspace.store.getState();
    if (activePanelId !== null && panels[activePanelId]?.kind === 'chart') return activePanelId;
    return Object.keys(panels).find((id) => panels[id]?.kind === 'chart');
  };
  const change = (changes: ChartLook) => () => {
    const id = chartId();
    if (id === undefined) return;
    // What is not there the chart takes as usual; it reads its settings itself.
    const kept = workspace.option(id, 'chart');
    const before = typeof kept === 'object' && !Array.isArray(kept) ? kept : {};
    workspace.setOption(id, 'chart', { ...before, ...changes });
  };
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
  ];
}
