import { succeed } from '#contract/errors.ts';
import type { Clock } from '#domain/clock.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { Side } from '#domain/side.ts';
import type { EpochMs } from '#domain/units.ts';
import { translator } from '../../i18n/i18n.ts';
import type { OrderStart } from '../../stores/dialog-store.ts';
import { hasDrawing, lastDrawnAt, restoreDrawing } from '../../stores/drawing-store.ts';
import type { Stores } from '../../stores/stores.ts';
import { formatPrice } from '../../ui/format.ts';
import { roundedPrice } from '../../ui/rounded-price.ts';
import type { AlertLevel, AlertLevels } from './alert-levels/alert-levels.ts';
import type { ChartInterval } from './bars/chart-interval.ts';
import { ChartCursor } from './chart-cursor.ts';
import type { PointerTarget } from './chart-pointer.ts';
import type { ChartSurface } from './chart-surface.ts';
import { DrawingDesk, type DrawingStatus } from './drawings/drawing-desk.ts';
import type { Point } from './drawings/geometry.ts';
import { LevelBoard } from './levels/level-board.ts';
import type { Level, Levels } from './levels/levels.ts';
import { nextIndex } from './next-index.ts';
import type { OrderLevel } from './own-trading/order-levels.ts';
import { formatCrosshairTime } from './plot/chart-time.ts';

export interface ChartHandsOptions {
  readonly clock: Clock;
  readonly stores: Pick<Stores, 'dialogs' | 'drawings' | 'notices'>;
  readonly surface: ChartSurface;
  readonly instrument: Instrument;
  readonly interval: ChartInterval;
  readonly alertLevels: AlertLevels;
  readonly orderLevels: Levels<OrderLevel>;
  readonly onDrawings: (status: DrawingStatus) => void;
  readonly onMenu: (point: Point, price: number) => void;
  /** Something was asked for and could not be done. */
  readonly onProblem: (message: string) => void;
  readonly redraw: () => void;
}

/** What the user does on one session's chart, by mouse or by keys: draw, select, move, point. */
export class ChartHands {
  readonly drawings: DrawingDesk;
  readonly alerts: LevelBoard<AlertLevel>;
  readonly orders: LevelBoard<OrderLevel>;
  readonly cursor: ChartCursor;
  readonly #options: ChartHandsOptions;
  readonly #leaveAlerts: () => void;

  constructor(options: ChartHandsOptions) {
    this.#options = options;
    const { clock, stores, surface, instrument } = options;
    const { plot } = surface;
    this.drawings = new DrawingDesk({
      ...{ clock, plot, store: stores.drawings, instrument },
      onRemoved: (drawing) =>
        stores.notices.say({
          text: () => translator('chart')('drawing.removed'),
          undo: async () => succeed(restoreDrawing(stores.drawings, instrument.id, drawing)),
          isOfDrawing: true,
          isUndone: () => hasDrawing(stores.drawings, instrument.id, drawing),
        }),
      onChange: (status) => {
        surface.drawings.redraw();
        options.onDrawings(status);
        options.redraw();
      },
    });
    this.alerts = this.#boardOf(options.alertLevels, (message) => this.#alertFailed(message));
    this.orders = this.#boardOf(options.orderLevels, (message) =>
      options.onProblem(translator('chart')('order.failed', { message })),
    );
    this.#leaveAlerts = options.alertLevels.subscribe(() => options.redraw());
    this.cursor = new ChartCursor(plot, instrument.priceIncrement);
  }

  dispose(): void {
    this.drawings.dispose();
    this.#leaveAlerts();
    this.#hideCursor();
  }

  /** Whether what was done last is no drawing: an order that was moved, an indicator that was removed. */
  get isLastDoneElsewhere(): boolean {
    const { stores, instrument } = this.#options;
    const drawnAt = lastDrawnAt(stores.drawings.getState(), instrument.id);
    return !this.drawings.board.isBusy && stores.notices.hasNewerThan(drawnAt ?? 0);
  }

  get targets(): readonly PointerTarget[] {
    return [this.drawings.target, this.orders, this.alerts];
  }

  /** What lies at the point is selected, so that the menu can be about it. */
  menuAt(point: Point): void {
    const boards = [this.orders, this.alerts];
    const meant = boards.find((board) => board.selectAt(point));
    if (meant !== undefined) {
      for (const other of [...boards, this.drawings.target]) if (other !== meant) other.leave();
    }
    const price = this.#options.surface.plot.series.coordinateToPrice(point.y);
    const { priceIncrement } = this.#options.instrument;
    if (price !== null) this.#options.onMenu(point, roundedPrice(price, priceIncrement));
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
    if (this.drawings.board.cancel() || this.orders.cancel() || this.alerts.cancel()) return true;
    const isThere = this.cursor.anchor !== null;
    this.#hideCursor();
    return isThere;
  }

  /** An order is not canceled by one key: the menu opens at it, and asks. */
  removeByKey(): boolean {
    const order = this.orders.shown.find(({ id }) => id === this.orders.selectedId);
    if (order === undefined) return this.removeSelected();
    const { plot } = this.#options.surface;
    const y = plot.series.priceToCoordinate(order.price);
    if (y !== null) this.menuAt({ x: plot.size.width / 2, y });
    return true;
  }

  removeSelected(): boolean {
    const { board } = this.drawings;
    return board.removeSelected() || this.orders.removeSelected() || this.alerts.removeSelected();
  }

  /** What the menu can do away with. */
  get selection(): 'order' | 'other' | null {
    if (this.orders.selectedId !== null) return 'order';
    const { selectedId } = this.drawings.board;
    return selectedId !== null || this.alerts.selectedId !== null ? 'other' : null;
  }

  /** Moves what is selected; false where nothing is. */
  nudge(bars: number, price: number): boolean {
    return (
      this.drawings.board.nudge(bars, price) || this.orders.nudge(price) || this.alerts.nudge(price)
    );
  }

  /** Through the drawings, then the orders and the alert levels, then none. */
  selectNext(step: 1 | -1): void {
    const { board } = this.drawings;
    const selectable = [board, this.orders, this.alerts];
    const ids = selectable.flatMap(({ shown }) => shown.map(({ id }) => id));
    const selected = selectable.find(({ selectedId }) => selectedId !== null)?.selectedId ?? null;
    const next = ids[nextIndex(ids, selected, step)] ?? null;
    for (const one of selectable) one.select(one.shown.some(({ id }) => id === next) ? next : null);
  }

  async createAlert(price: number): Promise<void> {
    const { alertLevels, instrument } = this.#options;
    const made = await alertLevels.create(roundedPrice(price, instrument.priceIncrement));
    if (!made.ok) this.#alertFailed(made.error.message);
  }

  /** Opens the form of an order, filled in. */
  startOrder(type: OrderStart['type'], side: Side, price: number): void {
    const { stores, instrument } = this.#options;
    const at = roundedPrice(price, instrument.priceIncrement);
    stores.dialogs.setState({
      open: 'new-order',
      order: { type, side, instrumentId: instrument.id, price: at },
    });
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

  #boardOf<Kind extends Level>(
    levels: Levels<Kind>,
    onFailure: (message: string) => void,
  ): LevelBoard<Kind> {
    const { surface, instrument, redraw } = this.#options;
    const { plot } = surface;
    return new LevelBoard({
      ...{ levels, onChange: () => redraw(), onFailure },
      yOf: (price) => plot.series.priceToCoordinate(price),
      priceAt: (y) => plot.series.coordinateToPrice(y) ?? 0,
      rounded: (price) => roundedPrice(price, instrument.priceIncrement),
    });
  }

  #alertFailed(message: string): void {
    this.#options.onProblem(translator('chart')('alert.failed', { message }));
  }

  #hideCursor(): void {
    this.cursor.hide();
    this.#options.surface.setCrosshair(false);
  }

  #cursorMoved(): void {
    const { surface, instrument, interval } = this.#options;
    const { anchor, bar } = this.cursor;
    if (anchor === null) return;
    surface.setCrosshair(true);
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
