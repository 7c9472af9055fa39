import type { IChartApi } from 'lightweight-charts';
import { FONT_PX, RIGHT_OFFSET_PX } from './plot-options.ts';

/** Of a label, left and right of its text; and between it and the newest bar. */
const AROUND_TEXT_PX = 24;
/** Labels tell of money, and change with every price: the bars do not go along with each digit. */
const STEP_PX = 24;
/** However long a name is, most of the pane is the bars'. */
const MOST_SHARE = 0.4;

/** What is left free right of the newest bar, pixels, for labels as wide as this in a pane as wide as that. */
export function roomOf(widestPx: number, paneWidth: number): number {
  const wanted = Math.ceil((widestPx + AROUND_TEXT_PX) / STEP_PX) * STEP_PX;
  return Math.max(RIGHT_OFFSET_PX, Math.min(wanted, Math.floor(paneWidth * MOST_SHARE)));
}

/** The room right of the newest bar, so that the labels of the lines do not cover it. */
export class LabelRoom {
  readonly #chart: IChartApi;
  readonly #widths = new Map<string, number>();
  readonly #context = document.createElement('canvas').getContext('2d');
  #px = RIGHT_OFFSET_PX;

  constructor(chart: IChartApi) {
    this.#chart = chart;
  }

  get px(): number {
    return this.#px;
  }

  /** Grows, and never shrinks: the bars would come and go with a label. */
  fit(titles: Iterable<string>): void {
    const timeScale = this.#chart.timeScale();
    const widest = Math.max(0, ...[...titles].map((title) => this.#widthOf(title)));
    const wanted = roomOf(widest, timeScale.width());
    if (wanted <= this.#px) return;
    this.#px = wanted;
    const free = timeScale.scrollPosition() * timeScale.options().barSpacing;
    // Who looks at the past, or has left more room than that, stays there.
    if (free >= 0 && free < wanted) timeScale.applyOptions({ rightOffsetPixels: wanted });
  }

  /** Other lines are on the chart from now on. */
  reset(): void {
    this.#px = RIGHT_OFFSET_PX;
    this.#widths.clear();
  }

  /** All digits are of one width. */
  #widthOf(title: string): number {
    const shape = title.replace(/\d/g, '0');
    const known = this.#widths.get(shape);
    if (known !== undefined || this.#context === null) return known ?? 0;
    const { fontFamily } = this.#chart.options().layout;
    this.#context.font = `${FONT_PX}px ${fontFamily}`;
    const { width } = this.#context.measureText(shape);
    this.#widths.set(shape, width);
    return width;
  }
}
