import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import {
  useActions,
  useBotIds,
  useBots,
  usePanelOption,
  useSelection,
  useStores,
} from '../../app/app-context.ts';
import { tradedInstrument } from '../../stores/traded-instrument.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TotalsBar } from '../balances/totals-bar.tsx';
import { BotDetail } from './bot-detail.tsx';
import { BotForm, type BotFormMode } from './bot-form.tsx';
import { AS_MADE, type BotFilter, botSortingSchema, NO_FILTER } from './bot-order.ts';
import { BotsTable } from './bots-table.tsx';
import styles from './bots-view.module.css';
import { useStrategyName } from './use-strategy-name.ts';

const cx = bindClassNames(styles);

export interface BotsViewProps {
  readonly form: BotFormMode | null;
  readonly onForm: (form: BotFormMode | null) => void;
  readonly filter: BotFilter;
  readonly onFilter: (filter: BotFilter) => void;
}

/** All bots, and beside them the selected one or a form. */
export function BotsView({ form, onForm, filter, onFilter }: BotsViewProps) {
  const { t } = useTranslation('bots');
  const { selectBot } = useActions();
  const botIds = useBotIds();
  const { selectedBotId } = useSelection();
  const isKnown = useBots((state) => selectedBotId !== null && selectedBotId in state.bots);
  const detailId = isKnown ? selectedBotId : null;
  const [sorting, setSorting] = usePanelOption('sorting', botSortingSchema, AS_MADE);
  const strategyName = useStrategyName();
  const { bots, instruments } = useStores();
  // The rows must not be drawn again because of it.
  const select = useCallback(
    (botId: string) => {
      onForm(null);
      selectBot(botId, tradedInstrument(botId, bots.getState(), instruments.getState()));
    },
    [onForm, selectBot, bots, instruments],
  );
  const done = (botId: string | null) => {
    onForm(null);
    if (botId !== null) selectBot(botId);
  };
  return (
    <div className={cx('view', (form !== null || detailId !== null) && 'split')}>
      {botIds === null ? null : botIds.length === 0 ? (
        <EmptyState
          text={t('none')}
          action={<Button onClick={() => onForm({ kind: 'new' })}>{t('new')}</Button>}
        />
      ) : (
        <div className={cx('all')}>
          <BotsTable
            {...{ filter, sorting, strategyName }}
            onSort={setSorting}
            onSelect={select}
            onShowAll={() => onFilter(NO_FILTER)}
          />
          <TotalsBar />
        </div>
      )}
      {form !== null ? (
        <BotForm key={form.kind === 'edit' ? form.botId : 'new'} mode={form} onDone={done} />
      ) : (
        detailId !== null && (
          <BotDetail
            key={detailId}
            botId={detailId}
            onEdit={() => onForm({ kind: 'edit', botId: detailId })}
            onClose={() => selectBot(null)}
          />
        )
      )}
    </div>
  );
}
