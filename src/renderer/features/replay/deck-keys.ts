import type { DeckView } from '#contract/replay-requests.ts';

/** What a key or button of the deck asks for. */
export type DeckAct =
  | { readonly kind: 'toggle' }
  | { readonly kind: 'stepTrade' }
  | { readonly kind: 'stepCandle' }
  | { readonly kind: 'fill'; readonly to: 'next' | 'previous' }
  | { readonly kind: 'skip'; readonly byMs: number }
  | { readonly kind: 'faster' }
  | { readonly kind: 'slower' };

export const SPEEDS = [0.1, 0.5, 1, 2, 5, 10, 30, 60, 100, 300, 1_000, 'max'] as const;
type Speed = DeckView['speed'];

const MINUTE_MS = 60_000;

/** Like a media player. */
const KEYS: Readonly<Record<string, DeckAct>> = {
  ' ': { kind: 'toggle' },
  k: { kind: 'toggle' },
  '.': { kind: 'stepTrade' },
  '>': { kind: 'stepCandle' },
  ',': { kind: 'fill', to: 'previous' },
  '/': { kind: 'fill', to: 'next' },
  j: { kind: 'skip', byMs: -MINUTE_MS },
  l: { kind: 'skip', byMs: MINUTE_MS },
  '+': { kind: 'faster' },
  '=': { kind: 'faster' },
  '-': { kind: 'slower' },
};

/** What a key pressed anywhere on the screen means for the deck; undefined where it is typed into something. */
export function actOfKey(event: {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly target: EventTarget | null;
}): DeckAct | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const { target } = event;
  const isElement = target instanceof HTMLElement;
  if (isElement && target.matches('input:not([type=range]), textarea, select')) return undefined;
  // On a control the space bar is the control's own.
  if (event.key === ' ' && isElement && target.matches('button, a, [role=tab]')) return undefined;
  return KEYS[event.key];
}

/** The next speed of the list, from wherever one is. */
export function speedAfter(speed: Speed, step: 1 | -1): Speed {
  const rank = (one: Speed) => (one === 'max' ? Number.POSITIVE_INFINITY : one);
  const candidates = SPEEDS.filter((one) =>
    step === 1 ? rank(one) > rank(speed) : rank(one) < rank(speed),
  );
  return (step === 1 ? candidates[0] : candidates.at(-1)) ?? speed;
}
