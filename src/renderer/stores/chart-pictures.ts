import type { InstrumentId } from '#domain/instrument.ts';

type TakePicture = () => Promise<Blob>;

interface ShownChart {
  readonly instrumentId: InstrumentId;
  readonly take: TakePicture;
}

/** The charts that are on the screen, so that a note can have a picture of one. */
export class ChartPictures {
  readonly #charts = new Set<ShownChart>();

  /** A chart is shown. Returns its end. */
  add(chart: ShownChart): () => void {
    this.#charts.add(chart);
    return () => this.#charts.delete(chart);
  }

  /** Of the chart that shows this instrument, else of any; null where none is shown. */
  take(instrumentId: InstrumentId | null): Promise<Blob> | null {
    const charts = [...this.#charts];
    const chart = charts.find((one) => one.instrumentId === instrumentId) ?? charts[0];
    return chart ? chart.take() : null;
  }
}
