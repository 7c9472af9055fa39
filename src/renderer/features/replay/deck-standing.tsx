import { useTranslation } from 'react-i18next';
import type { DeckView } from '#contract/replay-requests.ts';
import { useHubWords } from '../../i18n/hub-words.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import styles from './replay-view.module.css';

const cx = bindClassNames(styles);

/** What a deck does; how far it is, while its recording is read; and what it cannot do, and why. */
export function DeckStanding({ deck }: { readonly deck: DeckView }) {
  const { t } = useTranslation('replay');
  const words = useHubWords();
  const { id, state, opening, error, slowSeek } = deck;
  if (error !== null) {
    return (
      <span className={cx('failed')} role="alert">
        {t('failedBecause', { reason: words(error) })}
      </span>
    );
  }
  if (opening === null) {
    const standing = t(`states.${state}`);
    if (slowSeek === null) return standing;
    return (
      <span className={cx('slow')}>
        {standing}
        <span className={cx('why')}>{words(slowSeek)}</span>
      </span>
    );
  }
  const percent = Math.floor(opening.progress * 100);
  return (
    <span className={cx('opening')} data-testid={`deck-opening-${id}`}>
      <span>{t('openingState', { percent })}</span>
      <progress
        className={cx('progress')}
        aria-label={t('openingOf', { deck: id })}
        value={opening.progress}
        max={1}
      />
    </span>
  );
}
