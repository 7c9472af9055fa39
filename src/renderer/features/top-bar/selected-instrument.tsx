import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useInstrument, useMarket, useNotLive, useSelection } from '../../app/app-context.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { FlashNumber } from '../../ui/flash-number.tsx';
import { formatCompact, formatPrice, NOTHING } from '../../ui/format.ts';
import { SignedPercent } from '../../ui/signed.tsx';
import styles from './selected-instrument.module.css';

const cx = bindClassNames(styles);

function Figure({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={cx('figure')}>
      <dt className={cx('label')}>{label}</dt>
      <dd className={cx('value')}>{children}</dd>
    </div>
  );
}

/** Trades without a size, as Deriv's ticks, do not add up to a volume of nothing. */
const volumeText = (volume: number): string => (volume === 0 ? NOTHING : formatCompact(volume));

export function SelectedInstrument() {
  const { t } = useTranslation('top-bar');
  const { selectedInstrumentId: id } = useSelection();
  const instrument = useInstrument(id);
  const ticker = useMarket((state) => (id === null ? undefined : state.tickers[id]));
  const notLive = useNotLive(id);
  if (instrument === undefined) return null;
  const { priceIncrement } = instrument;
  return (
    <div className={cx('instrument', notLive !== null && 'dimmed')}>
      <div className={cx('name')}>
        <strong className={cx('symbol')}>{instrument.symbol}</strong>
        <span className={cx('label')}>{instrument.exchange}</span>
      </div>
      <div className={cx('price')} data-testid="selected-price">
        {ticker !== undefined && (
          <FlashNumber value={ticker.price} text={formatPrice(ticker.price, priceIncrement)} />
        )}
      </div>
      <dl className={cx('figures')}>
        <Figure label={t('figures.change')}>
          <SignedPercent value={ticker?.change24h} />
        </Figure>
        <Figure label={t('figures.high')}>{formatPrice(ticker?.high24h, priceIncrement)}</Figure>
        <Figure label={t('figures.low')}>{formatPrice(ticker?.low24h, priceIncrement)}</Figure>
        <Figure label={t('figures.volume', { base: instrument.base })}>
          {ticker === undefined ? null : volumeText(ticker.volume)}
        </Figure>
      </dl>
    </div>
  );
}
