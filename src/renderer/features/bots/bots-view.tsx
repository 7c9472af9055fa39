import { useTranslation } from 'react-i18next';
import { useActions, useBotIds, useBots, useSelection } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Table } from '../../ui/table.tsx';
import { BotDetail } from './bot-detail.tsx';
import { BotForm, type BotFormMode } from './bot-form.tsx';
import { BotRow, botColumns } from './bot-row.tsx';
import styles from './bots-view.module.css';

const cx = bindClassNames(styles);

export interface BotsViewProps {
  readonly form: BotFormMode | null;
  readonly onForm: (form: BotFormMode | null) => void;
}

/** All bots, and beside them the selected one or a form. */
export function BotsView({ form, onForm }: BotsViewProps) {
  const { t } = useTranslation('bots');
  const { selectBot } = useActions();
  const botIds = useBotIds();
  const { selectedBotId } = useSelection();
  const isKnown = useBots((state) => selectedBotId !== null && selectedBotId in state.bots);
  const detailId = isKnown ? selectedBotId : null;
  const select = (botId: string) => {
    onForm(null);
    selectBot(botId);
  };
  const done = (botId: string | null) => {
    onForm(null);
    if (botId !== null) selectBot(botId);
  };
  return (
    <div className={cx('view', (form !== null || detailId !== null) && 'split')}>
      {botIds?.length === 0 ? (
        <EmptyState
          text={t('none')}
          action={<Button onClick={() => onForm({ kind: 'new' })}>{t('new')}</Button>}
        />
      ) : (
        <Table label={t('title')} columns={botColumns(t)} testId="bots-table">
          {botIds?.map((botId) => (
            <BotRow
              key={botId}
              botId={botId}
              isSelected={botId === selectedBotId}
              onSelect={select}
            />
          ))}
        </Table>
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
