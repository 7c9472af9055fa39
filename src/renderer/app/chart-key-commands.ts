import type { Command } from '../commands/command.ts';
import { knownShortcut } from '../commands/shortcut.ts';
import {
  CHART_KEY_NAMES,
  CHART_KEYS,
  type ChartKeyName,
  chartKeyCommandId,
} from '../features/chart/chart-keys.ts';
import type { KeyedCharts } from '../features/chart/keyed-charts.ts';
import { translator } from '../i18n/i18n.ts';
import type { Workspace } from '../workspace/workspace.ts';

const t = translator('chart');

/** What the chart's own keys do: by them on the chart that has the focus, else on the one in use. */
export function chartKeyCommands(
  workspace: Pick<Workspace, 'store'>,
  charts: Pick<KeyedCharts, 'of'>,
): readonly Command[] {
  const chart = () => charts.of(workspace.store.getState().activePanelId);
  const command = (name: ChartKeyName): Command => {
    const { action, shortcut, alsoBy = [] } = CHART_KEYS[name];
    return {
      ...{ id: chartKeyCommandId(name), group: 'chartKeys', scope: 'chart' },
      title: () => t(`keyName.${name}`),
      shortcut: knownShortcut(shortcut),
      alsoBy: alsoBy.map(knownShortcut),
      isEnabled: () => chart() !== undefined,
      run: () => void chart()?.(action),
    };
  };
  return CHART_KEY_NAMES.map(command);
}
