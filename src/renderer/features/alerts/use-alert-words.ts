import { useTranslation } from 'react-i18next';
import type { Alert } from '#domain/alert.ts';
import type { AlertCondition, CrossingDirection } from '#domain/alert-rule.ts';
import { symbolOf } from '#domain/instrument.ts';
import { useBots } from '../../app/app-context.ts';
import { useHubBook } from '../../i18n/hub-words.ts';
import { NOTHING } from '../../ui/format.ts';
import { alertSubject } from './alert-subject.ts';

const MS_A_SECOND = 1_000;
/** What the user typed, in full. */
const exact = new Intl.NumberFormat('en-US', {
  maximumFractionDigits: 20,
  signDisplay: 'negative',
});
/** What was measured: of small numbers the first digits that say anything. */
const rounded = new Intl.NumberFormat('en-US', {
  maximumFractionDigits: 2,
  minimumSignificantDigits: 1,
  maximumSignificantDigits: 3,
  roundingPriority: 'morePrecision',
  signDisplay: 'negative',
});
const withSign = (text: string): string => text.replace('-', '−');
const inFull = (value: number): string => withSign(exact.format(value));
const roughly = (value: number): string => withSign(rounded.format(value));

/** Conditions and alerts in the words of the screen's language. */
export function useAlertWords() {
  const { t } = useTranslation('alerts');
  const book = useHubBook();
  const bots = useBots((state) => state.bots);
  const botName = (botId: string | null) =>
    botId === null ? t('anyBot') : (bots[botId]?.config.name ?? botId);
  const seconds = (ms: number) => t('seconds', { amount: inFull(ms / MS_A_SECOND) });
  const directed = (direction: CrossingDirection) => t(`direction.${direction}`);

  const condition = (one: AlertCondition): string => {
    switch (one.kind) {
      case 'priceCross':
        return t('condition.priceCross', {
          symbol: symbolOf(one.instrumentId),
          direction: directed(one.direction),
          level: inFull(one.level),
        });
      case 'priceMove':
        return t('condition.priceMove', {
          symbol: symbolOf(one.instrumentId),
          direction: directed(one.direction),
          percent: inFull(one.percent),
          window: seconds(one.windowMs),
        });
      case 'volumeSpike':
        return t('condition.volumeSpike', {
          symbol: symbolOf(one.instrumentId),
          ratio: inFull(one.ratio),
          window: seconds(one.windowMs),
        });
      case 'spread':
        return t('condition.spread', {
          symbol: symbolOf(one.instrumentId),
          bps: inFull(one.aboveBps),
        });
      case 'positionPnl':
        return t(`condition.positionPnl.${one.side}`, {
          bot: botName(one.botId),
          level: inFull(Number(one.level)),
        });
      case 'drawdown':
        return t('condition.drawdown', {
          bot: botName(one.botId),
          percent: inFull(one.percent),
        });
      case 'botState': {
        const states = one.states.map((state) => t(`state.${state}`)).join(', ');
        return t('condition.botState', { bot: botName(one.botId), states });
      }
      case 'feedStale':
        return t('condition.feedStale', { exchange: one.exchange ?? t('anyExchange') });
      case 'hubHealth':
        return t('condition.hubHealth', {
          measure: t(`measure.${one.measure}`),
          above: inFull(one.above),
        });
    }
  };

  return {
    condition,
    /** Rules that come with Tapedeck are named by the hub. */
    ruleName: (name: string): string => book.sayName(name),
    /** What was measured when it fired, with its unit. */
    measured: ({ value, condition: { kind } }: Alert): string => {
      if (value === null || kind === 'botState' || kind === 'feedStale') return NOTHING;
      const amount = kind === 'priceCross' ? inFull(value) : roughly(value);
      return t(`measured.${kind}`, { amount });
    },
    /** The thing that it fired about. */
    subject: (alert: Alert): string => alertSubject(alert, bots) ?? t('hub'),
  };
}
