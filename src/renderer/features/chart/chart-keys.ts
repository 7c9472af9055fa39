import type { DrawingKind } from '../../stores/drawing-store.ts';

/** What a key does while the chart has the focus. */
export type ChartKeyAction =
  /** The cursor, or the selected drawing, by so many bars and steps of the price. */
  | { readonly kind: 'move'; readonly bars: number; readonly steps: number }
  /** The cursor to the bar's next open, high, low or close above or below. */
  | { readonly kind: 'snap'; readonly direction: 1 | -1 }
  | { readonly kind: 'place' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'remove' }
  | { readonly kind: 'select'; readonly step: 1 | -1 }
  | { readonly kind: 'tool'; readonly tool: DrawingKind }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }
  | { readonly kind: 'zoom'; readonly steps: 1 | -1 }
  | { readonly kind: 'pan'; readonly share: number }
  | { readonly kind: 'newest' }
  | { readonly kind: 'menu' };

export interface ChartKey {
  readonly action: ChartKeyAction;
  readonly shortcut: string;
  /** Other keys that do the same until the user chooses his own. */
  readonly alsoBy?: readonly string[];
}

const FAR = 10;
const PAGE = 0.8;

const key = (action: ChartKeyAction, shortcut: string, ...alsoBy: string[]): ChartKey => ({
  ...{ action, shortcut, alsoBy },
});
const move = (bars: number, steps: number, shortcut: string) =>
  key({ kind: 'move', bars, steps }, shortcut);
const tool = (kind: DrawingKind, shortcut: string) => key({ kind: 'tool', tool: kind }, shortcut);

/**
 * The chart's own keys by their names, which are those of their texts; in the order of the settings. None is
 * a key of a replay deck: those work in the deck's charts as well.
 */
export const CHART_KEYS = {
  left: move(-1, 0, 'ArrowLeft'),
  right: move(1, 0, 'ArrowRight'),
  up: move(0, 1, 'ArrowUp'),
  down: move(0, -1, 'ArrowDown'),
  farLeft: move(-FAR, 0, 'Shift+ArrowLeft'),
  farRight: move(FAR, 0, 'Shift+ArrowRight'),
  farUp: move(0, FAR, 'Shift+ArrowUp'),
  farDown: move(0, -FAR, 'Shift+ArrowDown'),
  snapUp: key({ kind: 'snap', direction: 1 }, 'Mod+ArrowUp'),
  snapDown: key({ kind: 'snap', direction: -1 }, 'Mod+ArrowDown'),
  place: key({ kind: 'place' }, 'Enter'),
  cancel: key({ kind: 'cancel' }, 'Escape'),
  remove: key({ kind: 'remove' }, 'Delete', 'Backspace'),
  selectNext: key({ kind: 'select', step: 1 }, ']'),
  selectPrevious: key({ kind: 'select', step: -1 }, '['),
  level: tool('level', 'H'),
  trend: tool('trend', 'T'),
  ray: tool('ray', 'R'),
  rectangle: tool('rectangle', 'B'),
  measure: tool('measure', 'M'),
  undo: key({ kind: 'undo' }, 'Mod+Z'),
  redo: key({ kind: 'redo' }, 'Mod+Shift+Z', 'Mod+Y'),
  zoomIn: key({ kind: 'zoom', steps: 1 }, '+', '='),
  zoomOut: key({ kind: 'zoom', steps: -1 }, '-'),
  pageBack: key({ kind: 'pan', share: -PAGE }, 'PageUp'),
  pageOn: key({ kind: 'pan', share: PAGE }, 'PageDown'),
  newest: key({ kind: 'newest' }, 'End'),
  menu: key({ kind: 'menu' }, 'Shift+F10', 'ContextMenu'),
} as const satisfies Readonly<Record<string, ChartKey>>;

export type ChartKeyName = keyof typeof CHART_KEYS;
export const CHART_KEY_NAMES = Object.keys(CHART_KEYS) as readonly ChartKeyName[];

/** The command that the keys of this name run; so the user's changes are kept. */
export const chartKeyCommandId = (name: ChartKeyName): string => `chart.key.${name}`;

const BY_COMMAND: ReadonlyMap<string, ChartKeyAction> = new Map(
  CHART_KEY_NAMES.map((name) => [chartKeyCommandId(name), CHART_KEYS[name].action]),
);

/** Undefined for a command that is none of these. */
export const chartKeyAction = (commandId: string): ChartKeyAction | undefined =>
  BY_COMMAND.get(commandId);
