import { DEFAULT_LINK } from '../stores/links.ts';
import { type Layout, type LayoutNode, type PanelState, type Stack, stacksOf } from './layout.ts';
import type { PanelKind } from './panel-kinds.ts';

/** Windows for which the panels stand differently: half a laptop's screen, a screen, a large one. */
export type WidthClass = 'narrow' | 'medium' | 'wide';

/** Below it three columns leave the chart less room than its sides have. */
const MEDIUM_FROM_PX = 1_200;
/** From here on what is behind the bots elsewhere has room of its own. */
const WIDE_FROM_PX = 2_560;

export function widthClassOf(windowWidth: number): WidthClass {
  if (windowWidth < MEDIUM_FROM_PX) return 'narrow';
  return windowWidth < WIDE_FROM_PX ? 'medium' : 'wide';
}

const clamp = (least: number, value: number, most: number): number =>
  Math.min(most, Math.max(least, value));

const stack = (share: number, ...kinds: readonly [PanelKind, ...PanelKind[]]): Stack =>
  // Each kind stands once, so that it makes the id.
  ({ type: 'stack', share, panels: [...kinds], active: kinds[0] });
const row = (share: number, ...children: LayoutNode[]): LayoutNode => ({
  ...{ type: 'row', share, children },
});
const column = (share: number, ...children: LayoutNode[]): LayoutNode => ({
  ...{ type: 'column', share, children },
});

/** What stands below the chart, one behind the other. */
const BELOW_CHART = [
  ...(['bots', 'positions', 'orders', 'alerts', 'notifications', 'desk', 'replay'] as const),
  'tape-files',
] as const;

/** The market on the left, the chart with ours below it on the right. */
function narrowRoot(width: number): LayoutNode {
  const left = clamp(220, 0.26 * width, 280) / width;
  return row(
    1,
    column(left, stack(0.4, 'watchlist'), stack(0.6, 'order-book', 'tape')),
    column(1 - left, stack(0.58, 'chart'), stack(0.42, ...BELOW_CHART)),
  );
}

/**
 * The chart in the middle, ours below it, the market left and right. The sides stay as narrow as their
 * figures, however wide the window is.
 */
function mediumRoot(width: number): LayoutNode {
  const left = clamp(236, 0.12 * width, 340) / width;
  const right = clamp(264, 0.14 * width, 420) / width;
  return row(
    1,
    stack(left, 'watchlist'),
    column(1 - left - right, stack(0.6, 'chart'), stack(0.4, ...BELOW_CHART)),
    column(right, stack(0.6, 'order-book'), stack(0.4, 'tape')),
  );
}

/** Nothing of what one looks at all day is behind something else. */
function wideRoot(width: number): LayoutNode {
  const left = clamp(320, 0.11 * width, 440) / width;
  const right = 2 * (clamp(320, 0.11 * width, 440) / width);
  return row(
    1,
    column(left, stack(0.6, 'watchlist'), stack(0.4, 'notifications', 'desk')),
    column(1 - left - right, stack(0.62, 'chart'), stack(0.38, 'bots', 'replay', 'tape-files')),
    column(
      right,
      row(0.62, stack(0.5, 'order-book'), stack(0.5, 'tape')),
      stack(0.38, 'positions', 'orders', 'alerts'),
    ),
  );
}

const ROOTS: Readonly<Record<WidthClass, (windowWidth: number) => LayoutNode>> = {
  narrow: narrowRoot,
  medium: mediumRoot,
  wide: wideRoot,
};

/** The first layout, for a window as wide as this. */
export function defaultLayout(windowWidth: number): Layout {
  const root = ROOTS[widthClassOf(windowWidth)](windowWidth);
  const kinds = stacksOf(root).flatMap(({ panels }) => panels) as PanelKind[];
  const panels = kinds.map((kind): [string, PanelState] => [kind, { kind, link: DEFAULT_LINK }]);
  return {
    ...{ format: 'tapedeck-layout', version: 1, root },
    ...{ panels: Object.fromEntries(panels), groups: {} },
  };
}

/**
 * A default layout that nobody has changed, as it would be in another window: with the same panels, what
 * they show and their settings, and of each stack on top what was on top.
 */
export function remadeLayout(layout: Layout, windowWidth: number): Layout {
  const idOf = new Map(Object.entries(layout.panels).map(([id, { kind }]) => [kind, id]));
  const onTop = new Set(stacksOf(layout.root).map(({ active }) => active));
  const renamed = (node: LayoutNode): LayoutNode => {
    if (node.type !== 'stack') return { ...node, children: node.children.map(renamed) };
    const panels = node.panels.map((kind) => idOf.get(kind as PanelKind) ?? kind);
    const active = panels.find((id) => onTop.has(id)) ?? panels[0] ?? node.active;
    return { ...node, panels, active };
  };
  const { root } = defaultLayout(windowWidth);
  return { ...layout, root: root && renamed(root) };
}
