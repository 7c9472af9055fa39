import type { Result } from '#contract/errors.ts';
import type { Command } from '../commands/command.ts';
import { translator } from '../i18n/i18n.ts';
import { canBePutAway, isOwn, isStopped } from '../stores/bot-standing.ts';
import type { BotRecord } from '../stores/bot-store.ts';
import type { DialogKind } from '../stores/dialog-store.ts';
import type { Stores } from '../stores/stores.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { BotCommands } from './bot-commands.ts';
import { sayRefusal } from './say-refusal.ts';

export interface TradingCommandParts {
  readonly workspace: Pick<Workspace, 'store' | 'selectionOf'>;
  readonly bots: Pick<BotCommands, 'run' | 'flatten' | 'archive'>;
  readonly stores: Pick<Stores, 'bots' | 'connection' | 'dialogs' | 'notices' | 'selections'>;
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
    opening('feeds.add', 'add-exchange', () => t('commands.addExchange')),
  ];
}

type Act = 'startBot' | 'pauseBot' | 'stopBot' | 'flattenBot' | 'archiveBot';

function selectedBotCommands(
  { workspace, bots, stores }: TradingCommandParts,
  isConnected: () => boolean,
): readonly Command[] {
  const selected = (): BotRecord | undefined => {
    const { activePanelId } = workspace.store.getState();
    const selection =
      activePanelId === null ? stores.selections.default : workspace.selectionOf(activePanelId);
    const botId =
      selection.getState().selectedBotId ?? stores.selections.default.getState().selectedBotId;
    return botId === null ? undefined : stores.bots.getState().bots[botId];
  };
  const command = (
    id: string,
    act: Act,
    canBe: (bot: BotRecord) => boolean,
    work: (botId: string) => Promise<Result<unknown>>,
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
      if (bot !== undefined) void sayRefusal(stores, work(bot.config.id));
    },
  });
  return [
    command('bots.start', 'startBot', canStart, (id) => bots.run('bots.start', id)),
    command('bots.pause', 'pauseBot', canPause, (id) => bots.run('bots.pause', id)),
    command('bots.stop', 'stopBot', canStop, (id) => bots.run('bots.stop', id)),
    command('bots.flatten', 'flattenBot', canFlatten, (id) => bots.flatten(id)),
    command('bots.archive', 'archiveBot', canBePutAway, (id) => bots.archive(id)),
  ];
}

const isPausedByUser = ({ status }: BotRecord): boolean =>
  status.state === 'paused' && status.pausedBy === 'user';

const canStart = (bot: BotRecord): boolean => isOwn(bot) && (isStopped(bot) || isPausedByUser(bot));
const canPause = (bot: BotRecord): boolean => isOwn(bot) && !isStopped(bot) && !isPausedByUser(bot);
const canStop = (bot: BotRecord): boolean =>
  !isStopped(bot) && (isOwn(bot) || bot.status.capabilities?.includes('stop') === true);
const canFlatten = (bot: BotRecord): boolean => isOwn(bot) && !isStopped(bot);
