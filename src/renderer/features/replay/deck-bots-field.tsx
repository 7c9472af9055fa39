import { useTranslation } from 'react-i18next';
import type { BotRecord } from '../../stores/bot-store.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { copyable, type DeckDraft, toggled } from './deck-draft.ts';
import styles from './replay-view.module.css';

const cx = bindClassNames(styles);

export interface DeckBotsFieldProps {
  readonly draft: DeckDraft;
  readonly bots: readonly BotRecord[];
  readonly onChange: (draft: DeckDraft) => void;
}

/** Which of our bots the deck begins with a copy of. */
export function DeckBotsField({ draft, bots, onChange }: DeckBotsFieldProps) {
  const { t } = useTranslation('replay');
  const offered = copyable(draft, bots);
  return (
    <fieldset className={cx('choice')} data-testid="deck-bots">
      <legend className={cx('legend')}>{t('form.bots')}</legend>
      {offered.length === 0 && <span className={cx('dim')}>{t('form.noBots')}</span>}
      {offered.map(({ config: { id, name, instrumentId } }) => (
        <label key={id} className={cx('option')}>
          <input
            type="checkbox"
            checked={draft.botIds.includes(id)}
            data-testid={`deck-bot-${id}`}
            onChange={() => onChange({ ...draft, botIds: toggled(draft.botIds, id) })}
          />
          <span>{name}</span>
          <span className={cx('dim')}>{instrumentId}</span>
        </label>
      ))}
    </fieldset>
  );
}
