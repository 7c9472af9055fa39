import { succeed } from '#contract/errors.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import { translator } from '../../i18n/i18n.ts';
import { restoreDrawing } from '../../stores/drawing-store.ts';
import type { Stores } from '../../stores/stores.ts';
import { formatPrice } from '../../ui/format.ts';
import { AlertBoard } from './alert-levels/alert-board.ts';
import type { AlertLevels } from './alert-levels/alert-levels.ts';
import type { ChartInterval } from './bars/chart-interval.ts';
import { ChartCursor } from './chart-cursor.ts';
import type { PointerTarget } from './chart-pointer.ts';
import type { ChartSurface } from './chart-surface.ts';
import { DrawingDesk, type DrawingStatus } from './drawings/drawing-desk.ts';
import type { Point } from './drawings/geometry.ts';
import { nextIndex } from './next-index.ts';
import { formatCrosshairTime } from './plot/chart-time.ts';
import { roundedPrice } from './plot/rounded-price.ts';

export interface ChartHandsOptions {
  readonly stores: Pick<Stores, 'drawings' | 'notices'>;
  readonly surface: ChartSurface;
  readonly instrument: Instrument;
  readonly interval: ChartInterval;
  readonly alertLevels: AlertLevels;
  readonly onDrawings: (status: DrawingStatus) => void;
  readonly onMenu: (point: Point, price: number) => void;
  /** Something was asked for and could not be done. */
  readonly onProblem: (message: string) => void;
  readonly redraw: () => void;
}

/** What the user does on one session's chart, by mouse or by keys: draw, select, move, point. */
export class ChartHands {
  readonly drawings: DrawingDesk;
  readonly alerts: AlertBoard;
  readonly cursor: ChartCursor;
  readonly #options: ChartHandsOptions;

  constructor(options: ChartHandsOptions) {
    this.#options = options;
    const { stores, surface, instrument } = options;
    const { plot } = surface;
    this.drawings = new DrawingDesk({
      ...{ plot, store: stores.drawings, instrument },
      onRemoved: (drawing) =>
        stores.notices.say({
          text: () => translator('chart')('drawing.removed'),
          undo: async () => succeed(restoreDrawing(stores.drawings, instrument.id, drawing)),
        }),
      onChange: (status) => {
        surface.drawings.redraw();
        options.onDrawings(status);
        options.redraw();
      },
    });
    this.alerts = new AlertBoard({
      levels: options.alertLevels,
      yOf: (price) => plot.series.priceToCoordinate(price),
      priceAt: (y) =>
        roundedPrice(plot.series.coordinateToPrice(y) ?? 0, instrument.priceIncrement),
      onChange: () => options.redraw(),
      onFailure: (message) => options.onProblem(translator('chart')('alert.failed', { message })),
    });
    this.cursor = new ChartCursor(plot, instrument.priceIncrement);
  }

  dispose(): void {
    this.drawings.dispose();
    this.alerts.dispose();
  }

  get targets(): readonly PointerTarget[] {
    return [this.drawings.target, this.alerts];
  }

  menuAt(point: Point): void {
    const price = this.#options.surface.plot.series.coordinateToPrice(point.y);
    if (price !== null) this.#options.onMenu(point, price);
  }

  menuAtCursor(): void {
    this.moveCursor(0, 0);
    const { anchor } = this.cursor;
    const point = anchor === null ? null : this.drawings.view.pixelOf(anchor);
    if (anchor !== null && point !== null) this.#options.onMenu(point, anchor.price);
  }

  moveCursor(bars: number, steps: number): void {
    this.cursor.move(bars, steps);
    this.#cursorMoved();
  }

  snapCursor(direction: 1 | -1): void {
    this.cursor.snap(direction);
    this.#cursorMoved();
  }

  /** Gives up what is under way, or puts the cursor away. */
  cancel(): boolean {
    if (this.drawings.board.cancel() || this.alerts.cancel()) return true;
    const isThere = this.cursor.anchor !== null;
    this.cursor.hide();
    return isThere;
  }

  removeSelected(): boolean {
    return this.drawings.board.removeSelected() || this.alerts.removeSelected();
  }

  get hasSelection(): boolean {
    return this.drawings.board.selectedId !== null || this.alerts.selectedId !== null;
  }

  /** Moves what is selected; false where nothing is. */
  nudge(bars: number, price: number): boolean {
    return this.drawings.board.nudge(bars, price) || this.alerts.nudge(price);
  }

  /** Through the drawings, then the alert levels, then none. */
  selectNext(step: 1 | -1): void {
    const { board } = this.drawings;
    const ids = [
      ...board.shown.map(({ id }) => id),
      ...this.alerts.shown.map(({ ruleId }) => ruleId),
    ];
    const selected = board.selectedId ?? this.alerts.selectedId;
    const next = ids[nextIndex(ids, selected, step)] ?? null;
    board.select(board.shown.some(({ id }) => id === next) ? next : null);
    this.alerts.select(this.alerts.shown.some(({ ruleId }) => ruleId === next) ? next : null);
  }

  createAlert(price: number): void {
    void this.alerts.create(roundedPrice(price, this.#options.instrument.priceIncrement));
  }

  drawLevel(price: number): void {
    const { board } = this.drawings;
    board.setTool('level');
    board.place({ time: 0, price });
  }

  zoom(steps: number): void {
    this.#options.surface.plot.zoom(steps);
  }

  pan(share: number): void {
    this.#options.surface.plot.pan(share);
  }

  showNewest(): void {
    this.#options.surface.plot.showNewest();
  }

  #cursorMoved(): void {
    const { surface, instrument, interval } = this.#options;
    const { anchor, bar } = this.cursor;
    if (anchor === null) return;
    this.drawings.board.aim(anchor);
    const { priceIncrement } = instrument;
    surface.say(
      translator('chart')('cursor', {
        time: formatCrosshairTime(anchor.time as EpochMs, interval),
        close: formatPrice(bar?.close, priceIncrement),
        price: formatPrice(anchor.price, priceIncrement),
      }),
    );
  }
}
