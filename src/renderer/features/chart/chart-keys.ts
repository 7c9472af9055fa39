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

export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const FAR = 10;
const PAGE = 0.8;
/** Bars to the right and steps of the price upwards. */
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};
const PLAIN: Readonly<Record<string, ChartKeyAction>> = {
  Enter: { kind: 'place' },
  Escape: { kind: 'cancel' },
  Delete: { kind: 'remove' },
  Backspace: { kind: 'remove' },
  ']': { kind: 'select', step: 1 },
  '[': { kind: 'select', step: -1 },
  '+': { kind: 'zoom', steps: 1 },
  '=': { kind: 'zoom', steps: 1 },
  '-': { kind: 'zoom', steps: -1 },
  PageUp: { kind: 'pan', share: -PAGE },
  PageDown: { kind: 'pan', share: PAGE },
  End: { kind: 'newest' },
  ContextMenu: { kind: 'menu' },
  l: { kind: 'tool', tool: 'level' },
  t: { kind: 'tool', tool: 'trend' },
  r: { kind: 'tool', tool: 'ray' },
  b: { kind: 'tool', tool: 'rectangle' },
  m: { kind: 'tool', tool: 'measure' },
};

/** The letter that takes up a tool. */
export const toolKey = (tool: DrawingKind): string =>
  Object.keys(PLAIN).find((key) => {
    const action = PLAIN[key];
    return action?.kind === 'tool' && action.tool === tool;
  }) ?? '';

/** Null for a key that is not the chart's. */
export function chartKeyAction(press: KeyPress): ChartKeyAction | null {
  const { key, shiftKey, altKey } = press;
  const isCommand = press.ctrlKey || press.metaKey;
  if (altKey) return null;
  const arrow = ARROWS[key];
  if (arrow !== undefined) {
    const [bars, steps] = arrow;
    if (isCommand && steps !== 0) return { kind: 'snap', direction: steps > 0 ? 1 : -1 };
    const times = shiftKey ? FAR : 1;
    return isCommand ? null : { kind: 'move', bars: bars * times, steps: steps * times };
  }
  if (isCommand) {
    const letter = key.toLowerCase();
    if (letter === 'z') return { kind: shiftKey ? 'redo' : 'undo' };
    return letter === 'y' ? { kind: 'redo' } : null;
  }
  if (shiftKey && key === 'F10') return { kind: 'menu' };
  return PLAIN[key] ?? null;
}
