import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const boundsSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(400).max(20_000),
  height: z.number().int().min(300).max(20_000),
});
/** The page keeps what it shows under it; null: the first window. */
export const windowIdSchema = z.string().regex(/^[a-z0-9]{1,40}$/);

const windowStateSchema = z.object({
  id: windowIdSchema.nullable().default(null),
  bounds: boundsSchema,
  maximized: z.boolean(),
});
const windowStatesSchema = z.object({ windows: z.array(windowStateSchema).max(32) });

export type Bounds = z.infer<typeof boundsSchema>;
export type WindowState = z.infer<typeof windowStateSchema>;
/** Without bounds it goes to its default place. */
export type RestoredWindow = Omit<WindowState, 'bounds'> & { readonly bounds: Bounds | null };

/** Enough of the title bar must be on a screen to take hold of. */
const LEAST_VISIBLE_PX = 100;

/** Which windows there were and where, kept as a file. Losing it costs their places, no more. */
export class WindowStatesFile {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** The one used last comes last. None if there is no file, or it is damaged. */
  read(workAreas: readonly Bounds[]): readonly RestoredWindow[] {
    return parseStates(this.#readText()).map((state) => {
      const isSeen = isOnScreen(state.bounds, workAreas);
      return isSeen ? state : { ...state, bounds: null };
    });
  }

  /** Says whether it was kept: a full or read-only disk must not keep a window from closing. */
  write(windows: readonly WindowState[]): boolean {
    const unfinished = `${this.#path}.new`;
    try {
      mkdirSync(dirname(this.#path), { recursive: true });
      writeFileSync(unfinished, JSON.stringify({ windows }));
      renameSync(unfinished, this.#path);
      return true;
    } catch {
      return false;
    }
  }

  #readText(): string | null {
    try {
      return readFileSync(this.#path, 'utf8');
    } catch {
      return null;
    }
  }
}

function parseStates(text: string | null): readonly WindowState[] {
  if (text === null) return [];
  try {
    const kept: unknown = JSON.parse(text);
    // Before there could be several it was the state of one.
    const single = windowStateSchema.safeParse(kept);
    if (single.success) return [single.data];
    return windowStatesSchema.safeParse(kept).data?.windows ?? [];
  } catch {
    return [];
  }
}

/** Whether a window there could be taken hold of, with the screens as they are. */
export const isOnScreen = (bounds: Bounds, workAreas: readonly Bounds[]): boolean =>
  workAreas.some((area) => isVisible(bounds, area));

function isVisible(bounds: Bounds, area: Bounds): boolean {
  const right = Math.min(bounds.x + bounds.width, area.x + area.width);
  const visibleWidth = right - Math.max(bounds.x, area.x);
  const hasTopEdge = bounds.y >= area.y && bounds.y <= area.y + area.height - LEAST_VISIBLE_PX;
  return visibleWidth >= LEAST_VISIBLE_PX && hasTopEdge;
}
