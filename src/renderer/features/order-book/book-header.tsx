import { useTranslation } from 'react-i18next';
import type { Instrument } from '#domain/instrument.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { BOOK_VIEWS, type BookViewKind } from './book-preferences.ts';
import { GROUPINGS } from './ladder.ts';
import styles from './order-book.module.css';
import { stepText, wholeStepText } from './step-text.ts';

const cx = bindClassNames(styles);

export interface BookHeaderProps {
  readonly instrument: Instrument | undefined;
  readonly view: BookViewKind;
  readonly grouping: number;
  readonly onView: (view: BookViewKind) => void;
  readonly onGrouping: (grouping: number) => void;
}

/** How the book is drawn, and in what steps. */
export function BookHeader({ instrument, view, grouping, onView, onGrouping }: BookHeaderProps) {
  const { t } = useTranslation('order-book');
  return (
    <>
      <Tabs
        label={t('view')}
        tabs={BOOK_VIEWS.map((key) => ({ key, label: t(`views.${key}.name`) }))}
        selected={view}
        onSelect={onView}
      />
      {view === 'ladder' && instrument !== undefined && (
        <select
          className={cx('grouping')}
          aria-label={t('priceStep')}
          title={`${t('priceStep')}: ${wholeStepText(instrument.priceIncrement, grouping)}`}
          data-testid="book-grouping"
          value={grouping}
          onChange={(event) => onGrouping(Number(event.target.value))}
        >
          {GROUPINGS.map((factor) => (
            <option key={factor} value={factor}>
              {stepText(instrument.priceIncrement, factor)}
            </option>
          ))}
        </select>
      )}
    </>
  );
}
