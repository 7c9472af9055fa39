import type { ChartKeyAction } from './chart-keys.ts';

/** Does what a key asks for; false where there was nothing to do. */
export type PerformKey = (action: ChartKeyAction) => boolean;

/** The charts that are on the screen, so that a command can do on one what its keys do. */
export class KeyedCharts {
  readonly #charts = new Map<string, PerformKey>();

  /** A panel shows a chart. Returns its end. */
  add(panelId: string, perform: PerformKey): () => void {
    this.#charts.set(panelId, perform);
    return () => {
      if (this.#charts.get(panelId) === perform) this.#charts.delete(panelId);
    };
  }

  /** The chart of this panel, else any; undefined where none is shown. */
  of(panelId: string | null): PerformKey | undefined {
    const own = panelId === null ? undefined : this.#charts.get(panelId);
    return own ?? this.#charts.values().next().value;
  }
}
