import type { Result } from '#contract/errors.ts';
import type { BotConfig } from '#domain/bot.ts';
import { confirming } from '../commands/choice.ts';
import { choosing } from '../commands/choosing.ts';
import type { Command } from '../commands/command.ts';
import { translator } from '../i18n/i18n.ts';
import { canBePutAway, isOwn, isStopped } from '../stores/bot-standing.ts';
import type { BotRecord } from '../stores/bot-store.ts';
import type { DialogKind } from '../stores/dialog-store.ts';
import { askInPalette } from '../stores/palette-store.ts';
import type { Stores } from '../stores/stores.ts';
import type { PanelAsks } from '../workspace/panel-asks.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { BotCommands } from './bot-commands.ts';
import { sayRefusal } from './say-refusal.ts';
import { selectedBot } from './selection-in-use.ts';

export interface TradingCommandParts {
  readonly workspace: Pick<Workspace, 'store' | 'selectionOf'>;
  readonly bots: Pick<BotCommands, 'run' | 'flatten' | 'clone' | 'archive' | 'remove'>;
  readonly stores: Pick<
    Stores,
    'bots' | 'connection' | 'dialogs' | 'notices' | 'palette' | 'selections'
  >;
  readonly asks: Pick<PanelAsks, 'ask'>;
  readonly backtestBot: (bot: BotConfig) => void;
}

const t = translator('command-palette');

/** What can be done to bots: those of the one that is selected, and those that find or make one. */
export function tradingCommands(parts: TradingCommandParts): readonly Command[] {
  const { stores } = parts;
  const isConnected = () => stores.connection.getState().connection.kind === 'connected';
  const opening = (id: string, kind: DialogKind, title: () => string): Command => ({
    ...{ id, group: 'trading', title, isEnabled: isConnected },
    run: () => stores.dialogs.setState({ open: kind }),
  });
  return [
    opening('bots.new', 'new-bot', () => t('commands.newBot')),
    ...selectedBotCommands(parts, isConnected),
    opening('orders.new', 'new-order', () => t('commands.newOrder')),
    opening('bots.archived', 'archived-bots', () => t('commands.archivedBots')),
    { ...opening('feeds.add', 'add-exchange', () => t('commands.addExchange')), group: 'market' },
  ];
}

type Act =
  | 'startBot'
  | 'pauseBot'
  | 'stopBot'
  | 'flattenBot'
  | 'editBot'
  | 'cloneBot'
  | 'backtestBot'
  | 'archiveBot'
  | 'deleteBot';

function selectedBotCommands(
  { workspace, bots, stores, asks, backtestBot }: TradingCommandParts,
  isConnected: () => boolean,
): readonly Command[] {
  const selected = () => selectedBot({ workspace, stores });
  const command = (
    id: string,
    act: Act,
    canBe: (bot: BotRecord) => boolean,
    work: (bot: BotRecord) => void,
  ): Command => ({
    ...{ id, group: 'trading' },
    title: () =>
      t(`commands.${act}`, { bot: selected()?.config.name ?? t('commands.selectedBot') }),
    isEnabled: () => {
      const bot = selected();
      return bot !== undefined && isConnected() && canBe(bot);
    },
    run: () => {
      const bot = selected();
      if (bot !== undefined) work(bot);
    },
  });
  const byHub =
    (work: (botId: string) => Promise<Result<unknown>>) =>
    ({ config }: BotRecord) =>
      void sayRefusal(stores, work(config.id));
  const page = () => {
    const bot = selected();
    return bot && deletionPage(bot.config, () => byHub((id) => bots.remove(id))(bot));
  };
  const deletion = choosing(
    {
      ...command('bots.delete', 'deleteBot', canBePutAway, () => undefined),
      page: {
        question: () => page()?.question() ?? '',
        choices: () => page()?.choices() ?? [],
      },
    },
    (asked) => askInPalette(stores.palette, asked),
  );
  return [
    command(
      'bots.start',
      'startBot',
      canStart,
      byHub((id) => bots.run('bots.start', id)),
    ),
    command(
      'bots.pause',
      'pauseBot',
      canPause,
      byHub((id) => bots.run('bots.pause', id)),
    ),
    command(
      'bots.stop',
      'stopBot',
      canStop,
      byHub((id) => bots.run('bots.stop', id)),
    ),
    command(
      'bots.flatten',
      'flattenBot',
      canFlatten,
      byHub((id) => bots.flatten(id)),
    ),
    command('bots.edit', 'editBot', isOwn, ({ config }) =>
      asks.ask({ name: 'bots.edit', panel: 'bots', about: config.id }),
    ),
    command(
      'bots.clone',
      'cloneBot',
      isOwn,
      byHub((id) => bots.clone(id)),
    ),
    command('bots.backtest', 'backtestBot', isOwn, ({ config }) => backtestBot(config)),
    command(
      'bots.archive',
      'archiveBot',
      canBePutAway,
      byHub((id) => bots.archive(id)),
    ),
    deletion,
  ];
}

const deletionPage = ({ name }: BotConfig, work: () => void) =>
  confirming(
    t('choice.deleteBot.question', { bot: name }),
    { keep: t('choice.keep'), confirm: t('choice.deleteBot.confirm', { bot: name }) },
    work,
  );

const isPausedByUser = ({ status }: BotRecord): boolean =>
  status.state === 'paused' && status.pausedBy === 'user';

const canStart = (bot: BotRecord): boolean => isOwn(bot) && (isStopped(bot) || isPausedByUser(bot));
const canPause = (bot: BotRecord): boolean => isOwn(bot) && !isStopped(bot) && !isPausedByUser(bot);
const canStop = (bot: BotRecord): boolean =>
  !isStopped(bot) && (isOwn(bot) || bot.status.capabilities?.includes('stop') === true);
const canFlatten = (bot: BotRecord): boolean => isOwn(bot) && !isStopped(bot);
