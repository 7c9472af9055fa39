import { expect, it } from 'vitest';
import type { BotRecord } from '../stores/bot-store.ts';
import { botViewCommands } from './bot-view-commands.ts';

it('the commands that show a part of the selected bot go to it first, and are there while there is one', () => {
  let selected: BotRecord | undefined;
  const done: unknown[] = [];
  const commands = botViewCommands({
    selected: () => selected,
    reveal: (target) => done.push(target),
    asks: { ask: (ask) => done.push(ask) },
  });
  expect(commands.filter((one) => one.isEnabled?.())).toEqual([]);
  selected = { config: { id: 'b1', name: 'Grid one' } } as BotRecord;
  const logs = commands.find(({ id }) => id === 'bots.show.logs');
  expect(logs?.title()).toBe('Grid one: Log');
  logs?.run();
  expect(done).toEqual([{ botId: 'b1' }, { name: 'bot b1 logs', panel: 'bots' }]);
});
