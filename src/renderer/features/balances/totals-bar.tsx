import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { CurrencyBalance } from '#domain/balance.ts';
import { useActions, useBalances, useDeck } from '../../app/app-context.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatMoney } from '../../ui/format.ts';
import { SignedMoney } from '../../ui/signed.tsx';
import styles from './totals-bar.module.css';

const cx = bindClassNames(styles);

/** What all bots add up to, a line a currency. Of a deck's bots there is none: they are nobody's money. */
export function TotalsBar() {
  const { followBalances } = useActions();
  const balances = useBalances((state) => state.balances);
  const isInDeck = useDeck() !== undefined;
  useEffect(() => (isInDeck ? undefined : followBalances()), [isInDeck, followBalances]);
  if (isInDeck || balances === null || balances.length === 0) return null;
  return (
    <div className={cx('frame')} data-testid="totals">
      <div className={cx('bar')}>
        {balances.map((balance) => (
          <Totals key={balance.currency} balance={balance} />
        ))}
      </div>
    </div>
  );
}

function Totals({ balance }: { readonly balance: CurrencyBalance }) {
  const { t } = useTranslation('balances');
  const currency = balance.currency ?? t('noCurrency');
  return (
    <section
      className={cx('line')}
      aria-label={t('label', { currency })}
      data-testid={`totals-${currency}`}
    >
      <strong
        className={cx('currency')}
        title={t(balance.currency === null ? 'noCurrencyTitle' : 'title')}
      >
        {currency}
      </strong>
      <span className={cx('bots')}>{t('bots', { count: balance.bots })}</span>
      <dl className={cx('figures')}>
        <Total label={t('equity')}>{formatMoney(balance.equity)}</Total>
        <Total label={t('today')} title={t('todayTitle')}>
          <SignedMoney value={balance.pnlToday} />
        </Total>
        <Total only="wide" label={t('unrealized')} title={t('beforeFees')}>
          <SignedMoney value={balance.unrealizedPnl} />
        </Total>
        <Total only="wide" label={t('realized')} title={t('beforeFees')}>
          <SignedMoney value={balance.realizedPnl} />
        </Total>
        <Total label={t('drawdown')} title={t('drawdownTitle')}>
          {formatMoney(balance.drawdown)}{' '}
          <span className={cx('most')}>
            {t('most', { most: formatMoney(balance.maxDrawdown) })}
          </span>
        </Total>
        <Total only="wide" label={t('fees')}>
          {formatMoney(balance.fees)}
        </Total>
      </dl>
    </section>
  );
}

interface TotalProps {
  readonly label: string;
  readonly title?: string;
  /** Left out where there is little room. */
  readonly only?: 'wide';
  readonly children: ReactNode;
}

const Total = ({ label, title, only, children }: TotalProps) => (
  <div className={cx('total', only)} title={title}>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
);
