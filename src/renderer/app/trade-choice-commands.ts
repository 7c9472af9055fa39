import { deckOfBot, deckOfInstrument } from '#contract/decks.ts';
import type { Result } from '#contract/errors.ts';
import type { MarkedPosition } from '#contract/model.ts';
import { symbolOf } from '#domain/instrument.ts';
import type { Order } from '#domain/order.ts';
import { type Choice, type ChoicePage, confirming } from '../commands/choice.ts';
import { choosing } from '../commands/choosing.ts';
import type { Command } from '../commands/command.ts';
import { translator } from '../i18n/i18n.ts';
import { isOwn } from '../stores/bot-standing.ts';
import type { BotRecord } from '../stores/bot-store.ts';
import { instrumentById } from '../stores/instrument-store.ts';
import type { Stores } from '../stores/stores.ts';
import { formatPriceDecimal, formatQuantity, signOf } from '../ui/format.ts';
import { inShort } from './order-commands.ts';
import { sayRefusal } from './say-refusal.ts';
import { type ScreenInUse, selectionInUse } from './selection-in-use.ts';

export interface TradeChoiceParts {
  readonly workspace: ScreenInUse['workspace'];
  readonly stores: Pick<Stores, 'bots' | 'connection' | 'instruments' | 'notices' | 'selections'>;
  readonly cancelOrder: (orderId: string) => Promise<Result<unknown>>;
  readonly closePosition: (botId: string) => Promise<Result<unknown>>;
  readonly ask: (page: ChoicePage) => void;
}

const t = translator('command-palette');
const ofOrders = translator('orders');
const ofPositions = translator('positions');

/** What the rows of orders and positions have a button for: one is chosen first. */
export function tradeChoiceCommands(parts: TradeChoiceParts): readonly Command[] {
  const { stores, ask } = parts;
  const isEnabled = () => stores.connection.getState().connection.kind === 'connected';
  const command = (id: string, title: () => string, page: ChoicePage): Command =>
    choosing({ ...{ id, group: 'trading', title, page, isEnabled } }, ask);
  return [
    command('orders.cancel', () => t('commands.cancelOrder'), {
      question: () => t('choice.cancelOrder'),
      choices: () => orderChoices(parts),
    }),
    command('positions.close', () => t('commands.closePosition'), {
      question: () => t('choice.closePosition.which'),
      choices: () => positionChoices(parts),
    }),
  ];
}

/** The live bots, or those of the replay deck that one looks at. */
function botsInSight({ workspace, stores }: TradeChoiceParts): readonly BotRecord[] {
  const { selectedInstrumentId } = selectionInUse({ workspace, stores }).getState();
  const deckId = selectedInstrumentId === null ? undefined : deckOfInstrument(selectedInstrumentId);
  const { botIds, bots } = stores.bots.getState();
  return (botIds ?? []).flatMap((id) => (deckOfBot(id) === deckId ? (bots[id] ?? []) : []));
}

function orderChoices(parts: TradeChoiceParts): readonly Choice[] {
  const { stores, cancelOrder } = parts;
  const titleOf = (order: Order, bot: BotRecord) => {
    const increment = instrumentById(
      stores.instruments.getState(),
      order.instrumentId,
    )?.priceIncrement;
    const price = formatPriceDecimal(order.limitPrice ?? order.triggerPrice, increment);
    return [inShort(order), `${ofOrders(`types.${order.type}`)} ${price}`, bot.config.name].join(
      ' · ',
    );
  };
  return botsInSight(parts).flatMap((bot) =>
    bot.openOrders.map((order) => ({
      ...{ id: `cancel-${order.id}`, title: titleOf(order, bot), keywords: order.instrumentId },
      leadsTo: () => void sayRefusal(stores, cancelOrder(order.id)),
    })),
  );
}

/** Closing is confirmed, as in the list of positions. */
function positionChoices(parts: TradeChoiceParts): readonly Choice[] {
  const { stores, closePosition } = parts;
  const choice = ({ config, position }: BotRecord): Choice => {
    const what = `${inWords(position)} · ${config.name}`;
    return {
      ...{ id: `close-${config.id}`, title: what, keywords: position.instrumentId },
      leadsTo: confirming(
        t('choice.closePosition.question', { position: what }),
        { keep: t('choice.keep'), confirm: t('choice.closePosition.confirm', { position: what }) },
        () => void sayRefusal(stores, closePosition(config.id)),
      ),
    };
  };
  return botsInSight(parts)
    .filter((bot) => isOwn(bot) && signOf(bot.position.quantity) !== 0)
    .map(choice);
}

const inWords = ({ quantity, instrumentId }: MarkedPosition): string => {
  const side = ofPositions(signOf(quantity) > 0 ? 'long' : 'short');
  return `${side} ${formatQuantity(quantity).replace(/^[-−]/, '')} ${symbolOf(instrumentId)}`;
};
