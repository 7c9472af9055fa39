import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const boundsSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(400).max(20_000),
  height: z.number().int().min(300).max(20_000),
});
const windowStateSchema = z.object({ bounds: boundsSchema, maximized: z.boolean() });
export type Bounds = z.infer<typeof boundsSchema>;
export type WindowState = z.infer<typeof windowStateSchema>;

/** Enough of the title bar must be on a screen to take hold of. */
const LEAST_VISIBLE_PX = 100;

/** Where the window was, kept as a file. Losing it costs a window in its default place, no more. */
export class WindowStateFile {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Null if there is none, it is damaged, or the screen that it was on is gone. */
  read(workAreas: readonly Bounds[]): WindowState | null {
    const state = parseState(this.#readText());
    return state && workAreas.some((area) => isVisible(state.bounds, area)) ? state : null;
  }

  /** Says whether it was kept: a full or read-only disk must not keep a window from closing. */
  write(state: WindowState): boolean {
    const unfinished = `${this.#path}.new`;
    try {
      mkdirSync(dirname(this.#path), { recursive: true });
      writeFileSync(unfinished, JSON.stringify(state));
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

function parseState(text: string | null): WindowState | null {
  if (text === null) return null;
  try {
    return windowStateSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function isVisible(bounds: Bounds, area: Bounds): boolean {
  const right = Math.min(bounds.x + bounds.width, area.x + area.width);
  const visibleWidth = right - Math.max(bounds.x, area.x);
  const hasTopEdge = bounds.y >= area.y && bounds.y <= area.y + area.height - LEAST_VISIBLE_PX;
  return visibleWidth >= LEAST_VISIBLE_PX && hasTopEdge;
}
