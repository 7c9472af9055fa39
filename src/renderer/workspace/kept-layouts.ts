import { z } from 'zod';
import type { KeptValues } from '../app/page-storage.ts';
import { layoutSchema } from './layout.ts';

/** Another window that changes the library is heard by this key. */
export const LIBRARY_KEY = 'tapedeck:layouts';
const WORKING_KEY = 'tapedeck:workspace';

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
  readonly #kept: KeptValues;
  readonly #workingKey: string;

  /** Each window has a layout of its own; `windowName` is the name of the layout it was opened with. */
  constructor(kept: KeptValues, windowName: string | null) {
    this.#kept = kept;
    this.#workingKey = windowName === null ? WORKING_KEY : `${WORKING_KEY}:${windowName}`;
  }

  readWorking(): Kept<WorkingLayout> {
    return this.#read(workingSchema, this.#workingKey);
  }

  writeWorking(working: WorkingLayout): void {
    this.#kept.write(this.#workingKey, JSON.stringify(working));
  }

  readLibrary(): Kept<LayoutLibrary> {
    return this.#read(librarySchema, LIBRARY_KEY);
  }

  writeLibrary(library: LayoutLibrary): void {
    this.#kept.write(LIBRARY_KEY, JSON.stringify(library));
  }

  #read<T>(schema: z.ZodType<T>, key: string): Kept<T> {
    const text = this.#kept.read(key);
    return text === null ? undefined : parseJson(schema, text);
  }
}
