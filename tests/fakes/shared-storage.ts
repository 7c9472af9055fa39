/** The storage that the pages of a browser share; each hears what the others write, as there. */
export class SharedStorage {
  readonly #values = new Map<string, string>();
  readonly #listeners: { page: string; key: string; listener: () => void }[] = [];

  page(page: string) {
    return {
      read: (key: string): string | null => this.#values.get(key) ?? null,
      write: (key: string, value: string): void => {
        if (this.#values.get(key) === value) return;
        this.#values.set(key, value);
        for (const other of this.#listeners) {
          if (other.page !== page && other.key === key) other.listener();
        }
      },
      onWritten: (key: string, listener: () => void): void => {
        this.#listeners.push({ page, key, listener });
      },
    };
  }
}
