import type { Result } from '#contract/errors.ts';
import type { PointerTarget } from '../chart-pointer.ts';
import type { Point } from '../drawings/geometry.ts';
import type { Level, Levels } from './levels.ts';

const NEAR_PX = 6;
/** A press that moves no further than this moves nothing. */
const CLICK_PX = 3;

export interface LevelBoardOptions<Kind extends Level> {
  readonly levels: Levels<Kind>;
  readonly yOf: (price: number) => number | null;
  readonly priceAt: (y: number) => number;
  /** To the instrument's own prices: the hub takes no others. */
  readonly rounded: (price: number) => number;
  readonly onChange: () => void;
  /** What the hub said no with. */
  readonly onFailure: (message: string) => void;
}

interface Drag {
  readonly id: string;
  readonly pressed: Point;
  readonly price: number;
}

/** Levels, to be selected, dragged and moved by keys. A moved one stays where it was put until the hub says otherwise. */
export class LevelBoard<Kind extends Level> implements PointerTarget {
  readonly #options: LevelBoardOptions<Kind>;
  #selectedId: string | null = null;
  #drag: Drag | null = null;
  /** On their way to the hub. */
  readonly #sent = new Map<string, number>();

  constructor(options: LevelBoardOptions<Kind>) {
    this.#options = options;
  }

  get selectedId(): string | null {
    return this.#selectedId;
  }

  /** With those that are being moved in their place of the moment. */
  get shown(): readonly Kind[] {
    return this.#options.levels.list().map((level) => {
      const price = this.#drag?.id === level.id ? this.#drag.price : undefined;
      const moved = price ?? this.#sent.get(level.id);
      return moved === undefined ? level : { ...level, price: moved };
    });
  }

  select(id: string | null): void {
    this.#selectedId = id;
    this.#options.onChange();
  }

  /** Moves the selected one. Returns whether there is one. */
  nudge(price: number): boolean {
    const level = this.#selected();
    if (level === undefined) return false;
    this.#send(level.id, this.#options.rounded(level.price + price));
    return true;
  }

  removeSelected(): boolean {
    const level = this.#selected();
    if (level === undefined) return false;
    this.select(null);
    void this.#tell(this.#options.levels.remove(level.id));
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

  leave(): void {
    if (this.#selectedId !== null) this.select(null);
  }

  /** Selects the one at the point; false where there is none. */
  selectAt(point: Point): boolean {
    const level = this.#near(point);
    if (level !== undefined) this.select(level.id);
    return level !== undefined;
  }

  press(point: Point): boolean {
    const level = this.#near(point);
    if (level === undefined) {
      if (this.#selectedId !== null) this.select(null);
      return false;
    }
    this.#drag = { id: level.id, pressed: point, price: level.price };
    this.select(level.id);
    return true;
  }

  move(point: Point): void {
    const drag = this.#drag;
    if (drag === null || Math.abs(point.y - drag.pressed.y) <= CLICK_PX) return;
    const { rounded, priceAt } = this.#options;
    this.#drag = { ...drag, price: rounded(priceAt(point.y)) };
    this.#options.onChange();
  }

  release(): void {
    const drag = this.#drag;
    this.#drag = null;
    const level = this.#options.levels.list().find(({ id }) => id === drag?.id);
    if (drag === null || level === undefined || level.price === drag.price) return;
    this.#send(drag.id, drag.price);
  }

  cursorAt(point: Point): string | null {
    return this.#drag !== null || this.#near(point) !== undefined ? 'ns-resize' : null;
  }

  #selected(): Kind | undefined {
    return this.shown.find(({ id }) => id === this.#selectedId);
  }

  #near({ y }: Point): Kind | undefined {
    return this.shown.find(({ price }) => {
      const at = this.#options.yOf(price);
      return at !== null && Math.abs(at - y) <= NEAR_PX;
    });
  }

  #send(id: string, price: number): void {
    const isUnderWay = this.#sent.has(id);
    this.#sent.set(id, price);
    this.#options.onChange();
    if (!isUnderWay) void this.#carry(id, price);
  }

  /** One request at a time: what a key that is held down asks for meanwhile goes with the next. */
  async #carry(id: string, price: number): Promise<void> {
    await this.#tell(this.#options.levels.move(id, price));
    const wanted = this.#sent.get(id) ?? price;
    if (wanted !== price) return this.#carry(id, wanted);
    this.#sent.delete(id);
    this.#options.onChange();
  }

  async #tell(reply: Promise<Result<unknown>>): Promise<void> {
    const result = await reply;
    if (!result.ok) this.#options.onFailure(result.error.message);
  }
}
