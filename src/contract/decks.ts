import type { Alert, AlertLabels } from '#domain/alert.ts';
import type { AlertCondition } from '#domain/alert-rule.ts';
import { type InstrumentId, instrumentId, isInstrumentId } from '#domain/instrument.ts';

/**
 * What belongs to a replay deck is told by its name: deck `d1` shows `binance:BTC/USDT` as
 * `d1_binance:BTC/USDT`, its bots are `d1_bot1`, `d1_bot2`, …, and its alerts `d1_alert1`, … So every channel and request that
 * serves live serves a deck as well, and nobody takes the past for the present.
 */
const DECK_ID = /^d[1-9]\d{0,8}$/;
const DECK_INSTRUMENT = /^(d[1-9]\d{0,8})_([a-z][a-z0-9_]{0,31}:.+)$/;
const DECK_BOT = /^(d[1-9]\d{0,8})_bot[1-9]\d{0,8}$/;

export const isDeckId = (text: string): boolean => DECK_ID.test(text);

/** As the deck shows an instrument of its source. */
export const deckInstrumentId = (deckId: string, sourceId: InstrumentId): InstrumentId =>
  `${deckId}_${sourceId}` as InstrumentId;

/** What a deck's instrument is in its source; undefined for one that is no deck's. */
export function sourceInstrumentId(id: string): InstrumentId | undefined {
  const source = DECK_INSTRUMENT.exec(id)?.[2];
  if (source === undefined) return undefined;
  const colon = source.indexOf(':');
  return instrumentId(source.slice(0, colon), source.slice(colon + 1));
}

export const deckBotId = (deckId: string, number: number): string => `${deckId}_bot${number}`;

export const deckAlertId = (deckId: string, number: number): string => `${deckId}_alert${number}`;

/** What a deck's alert is about, by the deck's names. */
export const deckAlertLabels = (deckId: string, labels: AlertLabels): AlertLabels => {
  const { instrument, exchange } = labels;
  return {
    ...labels,
    ...(instrument !== undefined &&
      isInstrumentId(instrument) && { instrument: deckInstrumentId(deckId, instrument) }),
    ...(exchange !== undefined && { exchange: `${deckId}_${exchange}` }),
  };
};

const deckAlertCondition = (deckId: string, condition: AlertCondition): AlertCondition =>
  'instrumentId' in condition
    ? { ...condition, instrumentId: deckInstrumentId(deckId, condition.instrumentId) }
    : condition;

/** An alert of a deck as it is told. */
export const deckAlert = (deckId: string, alert: Alert): Alert => ({
  ...alert,
  labels: deckAlertLabels(deckId, alert.labels),
  condition: deckAlertCondition(deckId, alert.condition),
});

/** The deck that a bot's id belongs to; undefined for a bot that is no deck's. */
export const deckOfBot = (botId: string): string | undefined => DECK_BOT.exec(botId)?.[1];

/** The deck that an instrument belongs to; undefined for one that is no deck's. */
export const deckOfInstrument = (id: string): string | undefined => DECK_INSTRUMENT.exec(id)?.[1];
