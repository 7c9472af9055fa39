import { invariant } from '#domain/assert.ts';
import { COMMAND_GROUPS, type Command } from './command.ts';

/** All commands that there are at the moment: a part of the screen brings its own while it is there. */
export class CommandRegistry {
  readonly #commands = new Map<string, Command>();
  readonly #listeners = new Set<() => void>();
  #sorted: readonly Command[] | null = null;

  /** Returns what takes them away again. */
  register(commands: readonly Command[]): () => void {
    for (const command of commands) {
      invariant(!this.#commands.has(command.id), `there is one command ${command.id}`);
      this.#commands.set(command.id, command);
    }
    this.#tell();
    return () => {
      for (const { id } of commands) this.#commands.delete(id);
      this.#tell();
    };
  }

  /** By group. The same array until they change. */
  list(): readonly Command[] {
    this.#sorted ??= [...this.#commands.values()].sort(
      (a, b) => COMMAND_GROUPS.indexOf(a.group) - COMMAND_GROUPS.indexOf(b.group),
    );
    return this.#sorted;
  }

  get(id: string): Command | undefined {
    return this.#commands.get(id);
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    this.#sorted = null;
    for (const listener of this.#listeners) listener();
  }
}

export const isEnabled = (command: Command): boolean => command.isEnabled?.() ?? true;
