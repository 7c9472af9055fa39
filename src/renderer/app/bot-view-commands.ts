import type { RevealTarget } from '#contract/bridge.ts';
import type { Command } from '../commands/command.ts';
import { DETAIL_TABS, detailAsk } from '../features/bots/detail-tabs.ts';
import { translator } from '../i18n/i18n.ts';
import type { BotRecord } from '../stores/bot-store.ts';
import type { PanelAsks } from '../workspace/panel-asks.ts';

export interface BotViewParts {
  readonly selected: () => BotRecord | undefined;
  readonly reveal: (target: RevealTarget) => void;
  readonly asks: Pick<PanelAsks, 'ask'>;
}

const t = translator('command-palette');
const ofBots = translator('bots');

/** What there is to see of the selected bot. */
export const botViewCommands = ({ selected, reveal, asks }: BotViewParts): readonly Command[] =>
  DETAIL_TABS.map((tab) => ({
    ...{ id: `bots.show.${tab}`, group: 'trading' },
    title: () =>
      t('commands.ofBot', {
        bot: selected()?.config.name ?? t('commands.someBot'),
        what: ofBots(`tabs.${tab}`),
      }),
    isEnabled: () => selected() !== undefined,
    run: () => {
      const botId = selected()?.config.id;
      if (botId === undefined) return;
      reveal({ botId });
      asks.ask({ name: detailAsk(botId, tab), panel: 'bots' });
    },
  }));
