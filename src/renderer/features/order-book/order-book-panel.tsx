import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Instrument } from '#domain/instrument.ts';
import {
  useDeck,
  useInstrument,
  useIsGone,
  useNotLive,
  usePanelAnswers,
  usePanelOption,
  useSelection,
} from '../../app/app-context.ts';
import { useHubWords } from '../../i18n/hub-words.ts';
import type { NotLive } from '../../stores/liveness.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useIsShown } from '../../ui/use-is-shown.ts';
import { BookHeader } from './book-header.tsx';
import {
  type BookPreferences,
  bookPreferencesSchema,
  DEFAULT_BOOK_PREFERENCES,
  groupingOf,
  withGrouping,
  withNextGrouping,
} from './book-preferences.ts';
import type { BookPhase } from './book-session.ts';
import styles from './order-book.module.css';
import { useBook } from './use-book.ts';

const cx = bindClassNames(styles);
const SKELETON_ROWS = Array.from({ length: 24 }, (_, index) => index);
/** While the feed is so, nobody knows what the book is. Silence or an ended replay keep the last one. */
const CUT_OFF: ReadonlySet<NotLive['kind']> = new Set(['offline', 'disconnected', 'failed']);

/** The order book of the selected instrument: as a ladder, as a depth chart, or over time. */
export function OrderBookPanel() {
  const { t } = useTranslation('order-book');
  const { selectedInstrumentId } = useSelection();
  const instrument = useInstrument(selectedInstrumentId);
  const notLive = useNotLive(selectedInstrumentId);
  const [preferences, keep] = usePanelOption(
    'book',
    bookPreferencesSchema,
    DEFAULT_BOOK_PREFERENCES,
  );
  const change = (part: Partial<BookPreferences>) => keep({ ...preferences, ...part });
  const group = (step: 1 | -1) => {
    if (selectedInstrumentId === null) return;
    // In the ladder alone the steps are seen.
    change({ view: 'ladder', ...withNextGrouping(preferences, selectedInstrumentId, step) });
  };
  usePanelAnswers({
    'book.ladder': () => change({ view: 'ladder' }),
    'book.depth': () => change({ view: 'depth' }),
    'book.heatmap': () => change({ view: 'heatmap' }),
    'book.finer': () => group(-1),
    'book.coarser': () => group(1),
  });
  const rootRef = useRef<HTMLDivElement>(null);
  const viewRef = useRef<HTMLDivElement>(null);
  const { view } = preferences;
  const phase = useBook(viewRef, {
    ...{ instrument, kind: view, grouping: groupingOf(preferences, selectedInstrumentId) },
    isCutOff: notLive !== null && CUT_OFF.has(notLive.kind),
    isShown: useIsShown(rootRef),
  });
  const words = useHubWords();
  const booksReason = useDeck()?.books.reason ?? null;
  const ofDeriv = instrument?.exchange === 'deriv' ? t('derivHasNone') : null;
  const absence = booksReason === null ? ofDeriv : words(booksReason);
  return (
    <Panel
      title={t('title')}
      header={
        <BookHeader
          instrument={instrument}
          view={view}
          grouping={groupingOf(preferences, selectedInstrumentId)}
          onView={(kind) => change({ view: kind })}
          onGrouping={(grouping) => {
            if (instrument !== undefined)
              change(withGrouping(preferences, instrument.id, grouping));
          }}
        />
      }
      notLive={notLive}
    >
      <div
        ref={rootRef}
        className={cx('root')}
        data-testid="order-book"
        data-phase={phase.kind}
        data-view={view}
      >
        {view === 'ladder' && <Columns instrument={instrument} />}
        <div
          ref={viewRef}
          key={view}
          className={cx(view === 'ladder' ? 'ladder' : 'canvas')}
          {...(view !== 'ladder' && {
            role: 'group',
            'aria-label': t(`views.${view}.about`, { name: instrument?.symbol ?? '' }),
            title: t('zoomHint'),
            tabIndex: 0,
          })}
        />
        <BookOverlay
          hasInstrument={selectedInstrumentId !== null}
          isGone={useIsGone(selectedInstrumentId)}
          phase={phase}
          absence={absence}
        />
      </div>
    </Panel>
  );
}

function Columns({ instrument }: { readonly instrument: Instrument | undefined }) {
  const { t } = useTranslation('order-book');
  return (
    <div className={cx('columns')} aria-hidden="true">
      <span />
      <span>
        {t('price')} {instrument?.quote}
      </span>
      <span>
        {t('size')} {instrument?.base}
      </span>
      <span>{t('total')}</span>
    </div>
  );
}

interface BookOverlayProps {
  readonly hasInstrument: boolean;
  readonly isGone: boolean;
  readonly phase: BookPhase;
  /** Why there are no books at all, in a replay or of an exchange; null where there are. */
  readonly absence: string | null;
}

function BookOverlay({ hasInstrument, isGone, phase, absence }: BookOverlayProps) {
  const { t } = useTranslation('order-book');
  const { t: ofAll } = useTranslation('common');
  if (hasInstrument && !isGone && phase.kind === 'ready') return null;
  const why = isGone ? ofAll('gone') : absence;
  if (why !== null) {
    return (
      <div className={cx('overlay')} role="status">
        <EmptyState text={why} />
      </div>
    );
  }
  return (
    <div className={cx('overlay')} role="status">
      {!hasInstrument && <EmptyState text={t('selectInstrument')} />}
      {hasInstrument && phase.kind === 'distrusted' && (
        <p className={cx('distrust')} data-says-why>
          {t(`distrusted.${phase.reason}`)}
        </p>
      )}
      {hasInstrument && phase.kind === 'failed' && (
        <p className={cx('distrust')}>{phase.message}</p>
      )}
      {hasInstrument &&
        phase.kind === 'loading' &&
        SKELETON_ROWS.map((row) => <div key={row} className={cx('bone')} />)}
    </div>
  );
}
