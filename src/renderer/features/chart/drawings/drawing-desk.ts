import type { Clock } from '#domain/clock.ts';
import type { Instrument } from '#domain/instrument.ts';
import { translator } from '../../../i18n/i18n.ts';
import {
  type Anchor,
  canRedo,
  canUndo,
  changeDrawings,
  type Drawing,
  type DrawingKind,
  type DrawingStore,
  drawingsOf,
  redoDrawing,
  undoDrawing,
} from '../../../stores/drawing-store.ts';
import { formatPrice } from '../../../ui/format.ts';
import { newId } from '../../../ui/new-id.ts';
import { roundedPrice } from '../../../ui/rounded-price.ts';
import type { PointerTarget } from '../chart-pointer.ts';
import type { Plot } from '../plot/plot.ts';
import { type BoardGround, DrawingBoard } from './drawing-board.ts';
import type { DrawingView } from './drawing-layer.ts';
import type { Point } from './geometry.ts';
import { measureBetween, measureLines } from './measure.ts';
import { nearestLevel } from './snap.ts';

/** What the toolbar shows of the drawings. */
export interface DrawingStatus {
  readonly tool: DrawingKind | null;
  readonly hasSelection: boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

export interface DrawingDeskOptions {
  readonly clock: Clock;
  readonly plot: Plot;
  readonly store: DrawingStore;
  readonly instrument: Instrument;
  readonly onRemoved: (drawing: Drawing) => void;
  /** To be drawn anew, and the toolbar told. */
  readonly onChange: (status: DrawingStatus) => void;
}

/** The drawings of one instrument on one plot. */
export class DrawingDesk {
  readonly board: DrawingBoard;
  readonly #options: DrawingDeskOptions;
  readonly #leave: () => void;

  constructor(options: DrawingDeskOptions) {
    this.#options = options;
    const { clock, plot, store, instrument } = options;
    this.board = new DrawingBoard({
      ground: groundOf(plot, instrument.priceIncrement),
      drawings: {
        list: () => drawingsOf(store.getState(), instrument.id),
        change: (change) => changeDrawings(store, instrument.id, change, clock.now()),
      },
      newId,
      onRemoved: options.onRemoved,
      onChange: () => this.#tell(),
    });
    // Another chart of the same instrument draws in the same store.
    this.#leave = store.subscribe(() => this.#tell());
    this.#tell();
  }

  dispose(): void {
    this.#leave();
  }

  get view(): DrawingView {
    const { plot, instrument } = this.#options;
    const { priceIncrement } = instrument;
    return {
      drawings: this.board.shown,
      selectedId: this.board.selectedId,
      pixelOf: groundOf(plot, priceIncrement).pixelOf,
      priceText: (price) => formatPrice(price, priceIncrement),
      measureText: ({ from, to }) => {
        const bars = groundOf(plot, priceIncrement).barsBetween(from, to);
        const barsText = translator('chart')('bars', { count: bars });
        return measureLines(measureBetween(from, to, bars), priceIncrement, barsText);
      },
    };
  }

  get target(): PointerTarget {
    const { board } = this;
    return {
      press: (point, { isSnapped }) => board.press(point, isSnapped),
      move: (point, { isSnapped }) => board.move(point, isSnapped),
      release: (point, { isSnapped }) => board.release(point, isSnapped),
      cursorAt: (point) => board.cursorAt(point),
      leave: () => {
        if (board.selectedId !== null) board.select(null);
      },
    };
  }

  /** Returns false where there was nothing to undo. */
  undo(): boolean {
    const { store, instrument } = this.#options;
    const isUndone = this.board.isBusy || canUndo(store.getState(), instrument.id);
    if (this.board.isBusy) this.board.cancel();
    undoDrawing(store, instrument.id);
    return isUndone;
  }

  redo(): void {
    const { clock, store, instrument } = this.#options;
    redoDrawing(store, instrument.id, clock.now());
  }

  #tell(): void {
    const { store, instrument, onChange } = this.#options;
    const state = store.getState();
    onChange({
      tool: this.board.tool,
      hasSelection: this.board.selectedId !== null,
      canUndo: canUndo(state, instrument.id),
      canRedo: canRedo(state, instrument.id),
    });
  }
}

function groundOf(plot: Plot, priceIncrement: number): BoardGround {
  const { axis } = plot;
  const shifted = ({ time, price }: Anchor, bars: number, by: number): Anchor => ({
    time: bars === 0 ? time : axis.timeOfPlace(axis.placeOf(time) + bars),
    price: roundedPrice(price + by, priceIncrement),
  });
  return {
    get size() {
      return plot.size;
    },
    pixelOf({ time, price }) {
      const x = axis.xOf(time);
      const y = plot.series.priceToCoordinate(price);
      return x === null || y === null ? null : { x, y };
    },
    anchorAt({ x, y }: Point, isSnapped) {
      const bar = axis.barAt(x);
      const price = plot.series.coordinateToPrice(y) ?? 0;
      const isAtLevel = isSnapped && bar !== undefined;
      return {
        time: axis.timeAt(x),
        price: isAtLevel ? nearestLevel(bar, price) : roundedPrice(price, priceIncrement),
      };
    },
    shifted,
    barsBetween: (from, to) => Math.round(axis.placeOf(to.time) - axis.placeOf(from.time)),
  };
}
