import { type FSWatcher, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';

/** Hidden ones, and what types for an editor are installed in. */
const isLeftOut = (name: string): boolean => name.startsWith('.') || name === 'node_modules';

function* foldersIn(folder: string): Generator<string> {
  yield folder;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory() && !isLeftOut(entry.name)) yield* foldersIn(join(folder, entry.name));
  }
}

/** Tells when something changes in a folder or in those in it, as they are at the start. */
export class FolderWatch {
  readonly #watchers: FSWatcher[] = [];

  /** Throws where the folder cannot be read. */
  constructor(folder: string, onChange: () => void) {
    try {
      for (const path of foldersIn(folder)) this.#add(watch(path, onChange));
    } catch (error) {
      this.close();
      throw error;
    }
  }

  close(): void {
    for (const watcher of this.#watchers) watcher.close();
  }

  #add(watcher: FSWatcher): void {
    watcher.on('error', () => watcher.close());
    this.#watchers.push(watcher);
  }
}
