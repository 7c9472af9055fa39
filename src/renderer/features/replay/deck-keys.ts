import type { DeckView } from '#contract/replay-requests.ts';

/** What a key, a button or a command asks of a deck. */
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

interface DeckKey {
  readonly act: DeckAct;
  readonly shortcut: string;
  /** Where a media player, or another keyboard, has it. */
  readonly alsoBy?: string;
}

/** Like a media player, wherever on the screen one is: `J`, `K` and `L` are those of a cutting desk. */
export const DECK_KEYS = {
  toggle: { act: { kind: 'toggle' }, shortcut: 'Space', alsoBy: 'K' },
  nextTrade: { act: { kind: 'stepTrade' }, shortcut: '.' },
  nextCandle: { act: { kind: 'stepCandle' }, shortcut: '>' },
  previousFill: { act: { kind: 'fill', to: 'previous' }, shortcut: ',' },
  nextFill: { act: { kind: 'fill', to: 'next' }, shortcut: '/' },
  back: { act: { kind: 'skip', byMs: -MINUTE_MS }, shortcut: 'J' },
  on: { act: { kind: 'skip', byMs: MINUTE_MS }, shortcut: 'L' },
  slower: { act: { kind: 'slower' }, shortcut: 'Shift+J' },
  faster: { act: { kind: 'faster' }, shortcut: 'Shift+L' },
} as const satisfies Readonly<Record<string, DeckKey>>;
export type DeckKeyName = keyof typeof DECK_KEYS;

export const deckCommandId = (name: DeckKeyName): string => `replay.${name}`;

/** The next speed of the list, from wherever one is. */
export function speedAfter(speed: Speed, step: 1 | -1): Speed {
  const rank = (one: Speed) => (one === 'max' ? Number.POSITIVE_INFINITY : one);
  const candidates = SPEEDS.filter((one) =>
    step === 1 ? rank(one) > rank(speed) : rank(one) < rank(speed),
  );
  return (step === 1 ? candidates[0] : candidates.at(-1)) ?? speed;
}
