import type { PointerTarget } from '../chart-pointer.ts';
import type { Point } from '../drawings/geometry.ts';
import type { AlertLevels, ShownLevel } from './alert-levels.ts';

const NEAR_PX = 6;
/** A press that moves no further than this moves nothing. */
const CLICK_PX = 3;

export interface AlertBoardOptions {
  readonly levels: AlertLevels;
  readonly yOf: (price: number) => number | null;
  /** Of the instrument's own prices. */
  readonly priceAt: (y: number) => number;
  readonly onChange: () => void;
  /** What the hub said no with. */
  readonly onFailure: (message: string) => void;
}

interface Drag {
  readonly ruleId: string;
  readonly pressed: Point;
  readonly price: number;
}

/** The alert levels, to be selected, dragged and moved by keys. A moved one stays where it was put until the hub says otherwise. */
export class AlertBoard implements PointerTarget {
  readonly #options: AlertBoardOptions;
  readonly #leave: () => void;
  #selectedId: string | null = null;
  #drag: Drag | null = null;
  /** On their way to the hub. */
  readonly #sent = new Map<string, number>();

  constructor(options: AlertBoardOptions) {
    this.#options = options;
    this.#leave = options.levels.subscribe(() => options.onChange());
  }

  dispose(): void {
    this.#leave();
  }

  get selectedId(): string | null {
    return this.#selectedId;
  }

  /** With those that are being moved in their place of the moment. */
  get shown(): readonly ShownLevel[] {
    return this.#options.levels.list().map((level) => {
      const price = this.#drag?.ruleId === level.ruleId ? this.#drag.price : undefined;
      const moved = price ?? this.#sent.get(level.ruleId);
      return moved === undefined ? level : { ...level, price: moved as ShownLevel['price'] };
    });
  }

  select(ruleId: string | null): void {
    this.#selectedId = ruleId;
    this.#options.onChange();
  }

  /** Moves the selected one. Returns whether there is one. */
  nudge(price: number): boolean {
    const level = this.#selected();
    if (level === undefined) return false;
    this.#send(level.ruleId, level.price + price);
    return true;
  }

  removeSelected(): boolean {
    const level = this.#selected();
    if (level === undefined) return false;
    this.select(null);
    void this.#tell(this.#options.levels.remove(level.ruleId));
    return true;
  }

  /** Gives up the drag, else the selection. */
  cancel(): boolean {
    const isThere = this.#drag !== null || this.#selectedId !== null;
    if (this.#drag !== null) this.#drag = null;
    else this.#selectedId = null;
    if (isThere) this.#options.onChange();
    return isThere;
  }

  async create(price: number): Promise<void> {
    await this.#tell(this.#options.levels.create(price));
  }

  press(point: Point): boolean {
    const level = this.#near(point);
    if (level === undefined) {
      if (this.#selectedId !== null) this.select(null);
      return false;
    }
    this.#drag = { ruleId: level.ruleId, pressed: point, price: level.price };
    this.select(level.ruleId);
    return true;
  }

  move(point: Point): void {
    const drag = this.#drag;
    if (drag === null || Math.abs(point.y - drag.pressed.y) <= CLICK_PX) return;
    this.#drag = { ...drag, price: this.#options.priceAt(point.y) };
    this.#options.onChange();
  }

  release(): void {
    const drag = this.#drag;
    this.#drag = null;
    const level = this.#options.levels.list().find(({ ruleId }) => ruleId === drag?.ruleId);
    if (drag === null || level === undefined || level.price === drag.price) return;
    this.#send(drag.ruleId, drag.price);
  }

  cursorAt(point: Point): string | null {
    return this.#drag !== null || this.#near(point) !== undefined ? 'ns-resize' : null;
  }

  #selected(): ShownLevel | undefined {
    return this.shown.find(({ ruleId }) => ruleId === this.#selectedId);
  }

  #near({ y }: Point): ShownLevel | undefined {
    return this.shown.find(({ price }) => {
      const at = this.#options.yOf(price);
      return at !== null && Math.abs(at - y) <= NEAR_PX;
    });
  }

  #send(ruleId: string, price: number): void {
    this.#sent.set(ruleId, price);
    this.#options.onChange();
    void this.#tell(this.#options.levels.move(ruleId, price)).finally(() => {
      if (this.#sent.get(ruleId) !== price) return;
      this.#sent.delete(ruleId);
      this.#options.onChange();
    });
  }

  async #tell(reply: ReturnType<AlertLevels['create']>): Promise<void> {
    const result = await reply;
    if (!result.ok) this.#options.onFailure(result.error.message);
  }
}
