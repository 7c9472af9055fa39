import type { ChartKeyAction } from './chart-keys.ts';

/** Does what a key asks for; false where there was nothing to do. */
export type PerformKey = (action: ChartKeyAction) => boolean;

/** What else a chart's toolbar does. */
export interface ChartTools {
  readonly open: (dialog: 'indicators' | 'compare') => void;
  readonly savePicture: () => void;
}

/** The charts that are on the screen, so that a command can do on one what its keys, or its tools, do. */
export class KeyedCharts<Offer = PerformKey> {
  readonly #charts = new Map<string, Offer>();

  /** A panel shows a chart. Returns its end. */
  add(panelId: string, offer: Offer): () => void {
    this.#charts.set(panelId, offer);
    return () => {
      if (this.#charts.get(panelId) === offer) this.#charts.delete(panelId);
    };
  }

  /** The chart of this panel, else any; undefined where none is shown. */
  of(panelId: string | null): Offer | undefined {
    const own = panelId === null ? undefined : this.#charts.get(panelId);
    return own ?? this.#charts.values().next().value;
  }
}
