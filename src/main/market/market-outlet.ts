import type { Publishable } from '#contract/publications.ts';

/** A value that is made when somebody is to get it. */
export interface ToldValue {
  /** There is a newer one. */
  changed(): void;
}

/** Where markets tell what happens in them. */
export interface MarketOutlet {
  publish(item: Publishable): void;
  /** A value of a *latest* channel, null where there is none. */
  supply(channel: string, read: () => Publishable | null): ToldValue;
}

/** Tells each change of a value at once, for those who want to hear of all of them. */
export const tellAtOnce = (publish: (item: Publishable) => void): MarketOutlet => ({
  publish,
  supply: (_channel, read) => ({
    changed: () => {
      const item = read();
      if (item) publish(item);
    },
  }),
});
