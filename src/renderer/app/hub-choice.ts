import type { ChoicePage } from '../commands/choice.ts';
import { choosing } from '../commands/choosing.ts';
import type { Command } from '../commands/command.ts';
import type { Stores } from '../stores/stores.ts';

export interface HubChoiceParts {
  readonly stores: Pick<Stores, 'connection'>;
  readonly ask: (page: ChoicePage) => void;
}

/** A command that asks what it is to be done to, and is there while there is a hub to do it. */
export const hubChoice = (
  { stores, ask }: HubChoiceParts,
  command: Pick<Command, 'id' | 'group' | 'title'> & { readonly page: ChoicePage },
): Command =>
  choosing(
    {
      ...command,
      isEnabled: () => stores.connection.getState().connection.kind === 'connected',
    },
    ask,
  );
