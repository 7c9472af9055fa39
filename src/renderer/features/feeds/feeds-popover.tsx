import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bindClassNames } from '../../ui/class-names.ts';
import { FeedsList } from './feeds-list.tsx';
import styles from './feeds-popover.module.css';

const cx = bindClassNames(styles);

const AddExchangeDialog = lazy(() => import('./add-exchange-dialog.tsx'));

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
        <Suspense>
          <AddExchangeDialog text="" onClose={() => setIsAdding(false)} />
        </Suspense>
      )}
    </>
  );
}
