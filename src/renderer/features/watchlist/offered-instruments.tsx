import { useTranslation } from 'react-i18next';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { specOf } from '../feeds/feed-symbols.ts';
import { useFeedAddition } from '../feeds/use-feed-addition.ts';
import { Waiting } from '../feeds/waiting.tsx';
import styles from './offered-instruments.module.css';
import { useOfferedInstruments } from './use-offered-instruments.ts';

const cx = bindClassNames(styles);

export interface OfferedInstrumentsProps {
  readonly text: string;
  readonly watched: readonly Instrument[];
  readonly onAdded: (id: InstrumentId) => void;
  /** The exchanges themselves are asked in a dialog. */
  readonly onSearchExchanges: () => void;
}

/** What is not watched yet, of all that is known; each is added with one click. */
export function OfferedInstruments(props: OfferedInstrumentsProps) {
  const { text, watched, onAdded, onSearchExchanges } = props;
  const { t } = useTranslation('watchlist');
  const offered = useOfferedInstruments(text);
  const watchedIds = new Set(watched.map(({ id }) => id));
  const others =
    offered.kind === 'found' ? offered.instruments.filter(({ id }) => !watchedIds.has(id)) : [];
  return (
    <section className={cx('section')} aria-label={t('offered')} data-testid="offered-instruments">
      <h3 className={cx('title')}>{t('offered')}</h3>
      {offered.kind === 'searching' && <p className={cx('note')}>{t('searching')}</p>}
      {offered.kind === 'failed' && (
        <p className={cx('error')} role="alert">
          {offered.message}
        </p>
      )}
      {others.map((instrument) => (
        <OfferedRow key={instrument.id} instrument={instrument} onAdded={onAdded} />
      ))}
      <p className={cx('note')}>
        {offered.kind === 'found' &&
          others.length === 0 &&
          t(offered.instruments.length > 0 ? 'allWatched' : 'nothingOffered')}{' '}
        <Button testId="search-exchanges" onClick={onSearchExchanges}>
          {t('searchExchanges')}
        </Button>
      </p>
    </section>
  );
}

function OfferedRow({
  instrument: { id, exchange, symbol },
  onAdded,
}: {
  readonly instrument: Instrument;
  readonly onAdded: (id: InstrumentId) => void;
}) {
  const { t } = useTranslation('watchlist');
  const { isAdding, error, add, giveUp } = useFeedAddition();
  const addThis = async () => {
    if (await add(specOf(exchange, [symbol]))) onAdded(id);
  };
  return (
    <div className={cx('row')}>
      <span className={cx('symbol')}>{symbol}</span>
      <span className={cx('exchange')}>{exchange}</span>
      {error !== null && (
        <span className={cx('error')} role="alert" title={error}>
          {error}
        </span>
      )}
      {isAdding ? (
        <Waiting text={t('adding')} testId="offered-adding" onCancel={giveUp} />
      ) : (
        <Button
          aria-label={t('addInstrument', { name: id })}
          testId={`offered-add-${id}`}
          onClick={() => void addThis()}
        >
          {t('add')}
        </Button>
      )}
    </div>
  );
}
