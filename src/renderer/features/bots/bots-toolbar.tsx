import { useTranslation } from 'react-i18next';
import { BOT_STATES, type BotState } from '#domain/bot.ts';
import { ChoiceField } from '../../ui/choice-field.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { BOT_PLACES, type BotFilter, type BotPlace } from './bot-order.ts';

export interface BotsToolbarProps {
  readonly filter: BotFilter;
  readonly onFilter: (filter: BotFilter) => void;
}

/** Finds among the bots: by words, by what they do, by where they run. */
export function BotsToolbar({ filter, onFilter }: BotsToolbarProps) {
  const { t } = useTranslation('bots');
  return (
    <>
      <SearchField
        label={t('filter.search')}
        value={filter.search}
        testId="bots-search"
        onChange={(search) => onFilter({ ...filter, search })}
      />
      <ChoiceField<BotState | 'all'>
        label={t('filter.state')}
        value={filter.state}
        testId="bots-state"
        options={['all' as const, ...BOT_STATES].map((state) => [
          state,
          state === 'all' ? t('filter.anyState') : t(`states.${state}`),
        ])}
        onChange={(state) => onFilter({ ...filter, state })}
      />
      <ChoiceField<BotPlace | 'all'>
        label={t('filter.place')}
        value={filter.place}
        testId="bots-place"
        options={['all' as const, ...BOT_PLACES].map((place) => [
          place,
          t(`filter.places.${place}`),
        ])}
        onChange={(place) => onFilter({ ...filter, place })}
      />
    </>
  );
}
