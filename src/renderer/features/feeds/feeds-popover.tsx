import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OpenedPart } from '../../app/opened-part.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { fetched } from '../../ui/fetched.ts';
import { FeedsList } from './feeds-list.tsx';
import styles from './feeds-popover.module.css';

const cx = bindClassNames(styles);

const AddExchangeDialog = fetched(async () => (await import('./add-exchange-dialog.tsx')).default);

/** All feeds, opened from the top bar. */
export function FeedsPopover({ id }: { readonly id: string }) {
  const { t } = useTranslation('feeds');
  const [isOpen, setIsOpen] = useState(false);
  // Beside the popover, which the dialog closes.
  const [isAdding, setIsAdding] = useState(false);
  return (
    <>
      <section
        id={id}
        popover="auto"
        className={cx('popover')}
        aria-label={t('title')}
        data-testid="feeds-popover"
        onToggle={(event) => setIsOpen(event.newState === 'open')}
      >
        {isOpen && <FeedsList onAddExchange={() => setIsAdding(true)} />}
      </section>
      {isAdding && (
        <OpenedPart onClose={() => setIsAdding(false)}>
          <AddExchangeDialog text="" onClose={() => setIsAdding(false)} />
        </OpenedPart>
      )}
    </>
  );
}
