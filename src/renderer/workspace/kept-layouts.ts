import { z } from 'zod';
import type { ErasableValues } from '../app/page-storage.ts';
import { layoutSchema } from './layout.ts';
import type { PageWindow } from './page-window.ts';

/** Another window that changes the library is heard by this key. */
export const LIBRARY_KEY = 'tapedeck:layouts';
const WORKING_KEY = 'tapedeck:workspace';
/** The windows beside the first one that keep a layout; the one used last comes last. */
const WINDOWS_KEY = 'tapedeck:windows';
/** Of more windows than these the ones longest unused are forgotten. */
const MOST_WINDOWS = 12;
const windowIdsSchema = z.array(z.string());

const workingKey = (id: string | null): string =>
  id === null ? WORKING_KEY : `${WORKING_KEY}:${id}`;

export const layoutNameSchema = z.string().trim().min(1).max(40);

const savedSchema = z.strictObject({ name: layoutNameSchema, layout: layoutSchema });
/** A layout under a name. */
type SavedLayout = z.infer<typeof savedSchema>;
/** All of them, by their names in the order of the alphabet. */
export type LayoutLibrary = readonly SavedLayout[];
const librarySchema = z.array(savedSchema);

const workingSchema = z.strictObject({
  /** The saved layout that it began as; null for the one that Tapedeck comes with. */
  name: layoutNameSchema.nullable(),
  layout: layoutSchema,
  /** Of the one that Tapedeck comes with: how wide the window was that it was made for. */
  madeForWidth: z.number().positive().exactOptional(),
});
/** What a window shows, saved under a name or not. */
export type WorkingLayout = z.infer<typeof workingSchema>;

/** Text that came from a file or from the page's storage; null where it is not what it should be. */
export function parseJson<T>(schema: z.ZodType<T>, text: string): T | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    // Not JSON, or nested so deep that the stack does not suffice.
    return null;
  }
}

/** Undefined: there is none. Null: there is one, and it is damaged. */
type Kept<T> = T | null | undefined;

/** The layouts in the page's storage. What is damaged there is told, and begun anew. */
export class KeptLayouts {
  readonly #kept: ErasableValues;
  readonly #window: PageWindow;
  #isRegistered = false;

  /** Each window has a layout of its own. */
  constructor(kept: ErasableValues, window: PageWindow) {
    this.#kept = kept;
    this.#window = window;
  }

  readWorking(): Kept<WorkingLayout> {
    return this.#read(workingSchema, workingKey(this.#window.id));
  }

  /** What the window shows that this one begins as a copy of; null where it is none. */
  readCopied(): WorkingLayout | null {
    const { copiedFrom } = this.#window;
    return copiedFrom ? (this.#read(workingSchema, workingKey(copiedFrom.id)) ?? null) : null;
  }

  writeWorking(working: WorkingLayout): void {
    this.#register();
    this.#kept.write(workingKey(this.#window.id), JSON.stringify(working));
  }

  readLibrary(): Kept<LayoutLibrary> {
    return this.#read(librarySchema, LIBRARY_KEY);
  }

  writeLibrary(library: LayoutLibrary): void {
    this.#kept.write(LIBRARY_KEY, JSON.stringify(library));
  }

  /** Windows and tabs come and go: what those of long ago showed must not fill the storage. */
  #register(): void {
    const { id } = this.#window;
    if (this.#isRegistered || id === null) return;
    this.#isRegistered = true;
    const others = (this.#read(windowIdsSchema, WINDOWS_KEY) ?? []).filter((one) => one !== id);
    const ids = [...others, id];
    for (const one of ids.slice(0, -MOST_WINDOWS)) this.#kept.erase(workingKey(one));
    this.#kept.write(WINDOWS_KEY, JSON.stringify(ids.slice(-MOST_WINDOWS)));
  }

  #read<T>(schema: z.ZodType<T>, key: string): Kept<T> {
    const text = this.#kept.read(key);
    return text === null ? undefined : parseJson(schema, text);
  }
}
