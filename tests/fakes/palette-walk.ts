import type { Choice, ChoicePage } from '#renderer/commands/choice.ts';
import type { Command } from '#renderer/commands/command.ts';

/** Walks through what commands ask, as somebody at the palette does. */
export class PaletteWalk {
  #page: ChoicePage | null = null;

  readonly ask = (page: ChoicePage): void => {
    this.#page = page;
  };

  get question(): string {
    return this.#open.question();
  }

  get titles(): readonly string[] {
    return this.#open.choices().map(({ title }) => title);
  }

  run(commands: readonly Command[], id: string): this {
    const command = commands.find((one) => one.id === id);
    if (command === undefined) throw new Error(`there is no ${id}`);
    if (command.isEnabled?.() === false) throw new Error(`${id} cannot be run now`);
    command.run();
    return this;
  }

  choose(title: string): this {
    const choice = this.#open.choices().find((one: Choice) => one.title === title);
    if (choice === undefined) throw new Error(`there is no ${title} in ${this.titles.join(', ')}`);
    this.#page = null;
    if (typeof choice.leadsTo === 'function') choice.leadsTo();
    else this.#page = choice.leadsTo;
    return this;
  }

  get #open(): ChoicePage {
    if (this.#page === null) throw new Error('nothing is asked');
    return this.#page;
  }
}
