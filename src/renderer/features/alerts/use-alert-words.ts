import { useTranslation } from 'react-i18next';
import type { Alert } from '#domain/alert.ts';
import type { AlertCondition, CrossingDirection } from '#domain/alert-rule.ts';
import { symbolOf } from '#domain/instrument.ts';
import { useBots } from '../../app/app-context.ts';
import { NOTHING } from '../../ui/format.ts';

const MS_A_SECOND = 1_000;
const numbers = new Map<number, Intl.NumberFormat>();

/** At most so many decimals, none for nothing. */
function formatted(value: number, decimals: number): string {
  const known = numbers.get(decimals);
  const format = known ?? new Intl.NumberFormat('en-US', { maximumFractionDigits: decimals });
  if (!known) numbers.set(decimals, format);
  return format.format(value).replace('-', '−');
}

const MEASURED_DECIMALS = 2;
const PRICE_DECIMALS = 8;

/** Conditions and alerts in the words of the screen's language. */
export function useAlertWords() {
  const { t } = useTranslation('alerts');
  const bots = useBots((state) => state.bots);
  const botName = (botId: string | null) =>
    botId === null ? t('anyBot') : (bots[botId]?.config.name ?? botId);
  const seconds = (ms: number) => t('seconds', { amount: formatted(ms / MS_A_SECOND, 1) });
  const directed = (direction: CrossingDirection) => t(`direction.${direction}`);

  const condition = (one: AlertCondition): string => {
    switch (one.kind) {
      case 'priceCross':
        return t('condition.priceCross', {
          symbol: symbolOf(one.instrumentId),
          direction: directed(one.direction),
          level: formatted(one.level, PRICE_DECIMALS),
        });
      case 'priceMove':
        return t('condition.priceMove', {
          symbol: symbolOf(one.instrumentId),
          direction: directed(one.direction),
          percent: formatted(one.percent, MEASURED_DECIMALS),
          window: seconds(one.windowMs),
        });
      case 'volumeSpike':
        return t('condition.volumeSpike', {
          symbol: symbolOf(one.instrumentId),
          ratio: formatted(one.ratio, MEASURED_DECIMALS),
          window: seconds(one.windowMs),
        });
      case 'spread':
        return t('condition.spread', {
          symbol: symbolOf(one.instrumentId),
          bps: formatted(one.aboveBps, MEASURED_DECIMALS),
        });
      case 'positionPnl':
        return t(`condition.positionPnl.${one.side}`, {
          bot: botName(one.botId),
          level: formatted(Number(one.level), MEASURED_DECIMALS),
        });
      case 'drawdown':
        return t('condition.drawdown', {
          bot: botName(one.botId),
          percent: formatted(one.percent, MEASURED_DECIMALS),
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
          above: formatted(one.above, MEASURED_DECIMALS),
        });
    }
  };

  return {
    condition,
    /** What was measured when it fired, with its unit. */
    measured: ({ value, condition: { kind } }: Alert): string => {
      if (value === null || kind === 'botState' || kind === 'feedStale') return NOTHING;
      const amount = formatted(value, kind === 'priceCross' ? PRICE_DECIMALS : MEASURED_DECIMALS);
      return t(`measured.${kind}`, { amount });
    },
    /** The thing that it fired about. */
    subject: ({ labels }: Alert): string => {
      if (labels.bot !== undefined) return botName(labels.bot);
      return labels.instrument ?? labels.exchange ?? t('hub');
    },
  };
}
