import { describe, expect, it } from 'vitest';
import { fail, type Result, succeed } from '#contract/errors.ts';
import { type BotState, EXTERNAL_STRATEGY } from '#domain/bot.ts';
import type { BotRecord } from '../stores/bot-store.ts';
import { createStores } from '../stores/stores.ts';
import { Workspace } from '../workspace/workspace.ts';
import { tradingCommands } from './trading-commands.ts';

const bot = (state: BotState, strategy = 'grid'): BotRecord =>
  ({
    config: { id: 'b1', name: 'Grid one', strategy },
    status: { state, pausedBy: state === 'paused' ? 'user' : null },
  }) as BotRecord;

function screen(record: BotRecord | null, answer: Result<unknown> = succeed(undefined)) {
  const stores = createStores();
  const done: string[] = [];
  const note =
    (what: string) =>
    async (...args: readonly string[]) => {
      done.push([what, ...args].join(' '));
      return answer as Result<never>;
    };
  stores.connection.setState({ connection: { kind: 'connected' } } as never);
  if (record !== null) {
    stores.bots.setState({ bots: { b1: record } });
    stores.selections.default.setState({ selectedBotId: 'b1' });
  }
  const commands = tradingCommands({
    stores,
    workspace: new Workspace(stores.selections),
    bots: {
      ...{ run: note('run'), flatten: note('flatten'), clone: note('clone') },
      ...{ archive: note('archive'), remove: note('remove') },
    },
    asks: { ask: ({ name, panel, about }) => done.push([name, panel, about].join(' ')) },
    backtestBot: ({ name }) => done.push(`backtest ${name}`),
  });
  const command = (id: string) => {
    const found = commands.find((one) => one.id === id);
    if (!found) throw new Error(`there is no ${id}`);
    return found;
  };
  const enabled = () =>
    commands.filter((one) => one.isEnabled?.() ?? true).map(({ id }) => id.replace('bots.', ''));
  return { stores, done, command, enabled };
}

describe('the commands on the selected bot', () => {
  it.each([
    ['running', 'grid', ['pause', 'stop', 'flatten', 'edit', 'clone', 'backtest']],
    ['paused', 'grid', ['start', 'stop', 'flatten', 'edit', 'clone', 'backtest']],
    ['stopped', 'grid', ['start', 'edit', 'clone', 'backtest', 'archive', 'delete']],
    ['error', 'grid', ['start', 'edit', 'clone', 'backtest', 'archive', 'delete']],
    ['running', EXTERNAL_STRATEGY, []],
    ['stopped', EXTERNAL_STRATEGY, ['archive', 'delete']],
    ['silent', EXTERNAL_STRATEGY, ['archive', 'delete']],
  ] as const)('are those that it can follow: %s %s', (state, strategy, expected) => {
    expect(screen(bot(state, strategy)).enabled()).toEqual([
      ...['new', ...expected, 'orders.new', 'archived', 'feeds.add'],
    ]);
  });

  it('are none where none is selected, and none at all without a hub', () => {
    const { stores, enabled } = screen(null);
    expect(enabled()).toEqual(['new', 'orders.new', 'archived', 'feeds.add']);
    stores.connection.setState({ connection: { kind: 'connecting' } } as never);
    expect(enabled()).toEqual([]);
  });

  it('name it, do it to it, and say a refusal where no button is to say it beside', async () => {
    const { command, done, stores } = screen(bot('running'), fail('invalid_state', 'Not now'));
    expect(command('bots.stop').title()).toBe('Stop Grid one');
    command('bots.stop').run();
    command('bots.flatten').run();
    expect(done).toEqual(['run bots.stop b1', 'flatten b1']);
    await Promise.resolve();
    await Promise.resolve();
    expect(stores.notices.store.getState().shown?.text()).toBe('Not now');
  });

  it('go to its form, to its backtest, and make another like it', () => {
    const { command, done } = screen(bot('running'));
    for (const id of ['bots.edit', 'bots.clone', 'bots.backtest']) command(id).run();
    expect(done).toEqual(['bots.edit bots b1', 'clone b1', 'backtest Grid one']);
  });

  it('delete it only when that is confirmed', () => {
    const { command, done, stores } = screen(bot('stopped'));
    command('bots.delete').run();
    const { isOpen, page } = stores.palette.getState();
    expect(isOpen).toBe(true);
    expect(page?.question()).toContain('Delete Grid one?');
    const [first, second] = (page?.choices() ?? []).map(({ leadsTo }) => leadsTo);
    if (typeof first !== 'function' || typeof second !== 'function') throw new Error('two answers');
    first();
    expect(done).toEqual([]);
    second();
    expect(done).toEqual(['remove b1']);
  });

  it('open the dialog that they name', () => {
    const { command, stores } = screen(null);
    command('bots.archived').run();
    expect(stores.dialogs.getState().open).toBe('archived-bots');
  });
});
