import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { bindClassNames } from './class-names.ts';
import { EmptyState } from './empty-state.tsx';
import styles from './filtered-rows.module.css';
import { LinkButton } from './link-button.tsx';

const cx = bindClassNames(styles);

export interface FilteredRowsProps {
  readonly shown: number;
  readonly all: number;
  /** Said where nothing fits. */
  readonly nothing: string;
  readonly onShowAll: () => void;
  /** `PREFIX-left-out` and `PREFIX-show-all`. */
  readonly testPrefix: string;
  /** The table. */
  readonly children: ReactNode;
}

/** A table that leaves something out says so, and how to see it. */
export function FilteredRows(props: FilteredRowsProps) {
  const { shown, all, nothing, onShowAll, testPrefix, children } = props;
  const { t } = useTranslation('common');
  const showAll = { testId: `${testPrefix}-show-all`, onClick: onShowAll };
  if (shown === 0 && all > 0) {
    return (
      <div className={cx('rows')}>
        <EmptyState text={nothing} action={<Button {...showAll}>{t('filter.showAll')}</Button>} />
      </div>
    );
  }
  return (
    <div className={cx('rows')}>
      {children}
      {shown < all && (
        <p className={cx('leftOut')} role="status" data-testid={`${testPrefix}-left-out`}>
          {t('filter.shown', { shown, all })}
          <LinkButton {...showAll}>{t('filter.showAll')}</LinkButton>
        </p>
      )}
    </div>
  );
}
