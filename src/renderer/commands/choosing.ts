import type { ChoicePage } from './choice.ts';
import type { Command } from './command.ts';

/** A command that asks first what it is to be done to; it is there while there is anything. */
export function choosing(
  command: Omit<Command, 'run' | 'page'> & { readonly page: ChoicePage },
  open: (page: ChoicePage) => void,
): Command {
  const { page, isEnabled = () => true } = command;
  return {
    ...command,
    isEnabled: () => isEnabled() && page.choices().length > 0,
    run: () => open(page),
  };
}
