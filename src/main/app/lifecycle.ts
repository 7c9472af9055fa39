import type { Log } from '#main/telemetry/log.ts';

interface Closer {
  readonly name: string;
  readonly close: () => void | Promise<void>;
}

/**
 * Closes what was opened, last first, once. One part that fails to close does not keep the others
 * from it.
 */
export class Lifecycle {
  readonly #closers: Closer[] = [];
  readonly #log: Log;
  #closing: Promise<void> | undefined;

  constructor(log: Log) {
    this.#log = log;
  }

  onClose(name: string, close: () => void | Promise<void>): void {
    this.#closers.push({ name, close });
  }

  close(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  async #closeAll(): Promise<void> {
    for (const { name, close } of this.#closers.toReversed()) {
      try {
        await close();
      } catch (error) {
        this.#log.error({ part: name, error: String(error) }, 'could not be closed');
      }
    }
  }
}
