import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { EXTERNAL_STRATEGY } from '#domain/bot.ts';
import { useStrategies } from './use-strategies.ts';

/** What a bot's strategy is called; of one that runs elsewhere nothing more is known. */
export function useStrategyName(): (strategy: string) => string {
  const { t } = useTranslation('bots');
  const { strategies } = useStrategies();
  return useCallback(
    (strategy) =>
      strategy === EXTERNAL_STRATEGY
        ? t('external')
        : (strategies?.find(({ id }) => id === strategy)?.name ?? strategy),
    [t, strategies],
  );
}
