import { DEFAULT_LINK } from '../stores/links.ts';
import type { Layout, PanelState, Stack } from './layout.ts';
import type { PanelKind } from './panel-kinds.ts';

const clamp = (least: number, value: number, most: number): number =>
  Math.min(most, Math.max(least, value));

/** What stands below the chart, behind the bots. */
const BELOW_CHART: readonly PanelKind[] = [
  'positions',
  'orders',
  'alerts',
  'notifications',
  'desk',
  'replay',
  'tape-files',
];

/**
 * The first layout: the chart in the middle, ours below it, the market left and right. Its sides stay
 * as narrow as their figures, however wide the window is.
 */
export function defaultLayout(windowWidth: number): Layout {
  const left = clamp(236, 0.12 * windowWidth, 340) / windowWidth;
  const right = clamp(264, 0.14 * windowWidth, 420) / windowWidth;
  const panels: Record<string, PanelState> = {};
  // Each kind stands here once, so that it makes the id.
  const stack = (share: number, ...kinds: [PanelKind, ...PanelKind[]]): Stack => {
    for (const kind of kinds) panels[kind] = { kind, link: DEFAULT_LINK };
    return { type: 'stack', share, panels: [...kinds], active: kinds[0] };
  };
  return {
    format: 'tapedeck-layout',
    version: 1,
    root: {
      type: 'row',
      share: 1,
      children: [
        stack(left, 'watchlist'),
        {
          type: 'column',
          share: 1 - left - right,
          children: [stack(0.6, 'chart'), stack(0.4, 'bots', ...BELOW_CHART)],
        },
        { type: 'column', share: right, children: [stack(0.6, 'order-book'), stack(0.4, 'tape')] },
      ],
    },
    panels,
    groups: {},
  };
}
