import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useStores } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { Field } from '../../ui/field.tsx';
import { CurrencyLimits } from './currency-limits.tsx';
import type { CurrencyRisk } from './limit-use.ts';
import styles from './risk-limits.module.css';

const cx = bindClassNames(styles);

/** What all bots of a currency together may do (rule X3), with what they do now beside it. */
export function RiskLimitsSettings() {
  const { t } = useTranslation('risk');
  const { risk: store } = useStores();
  const risk = useStore(store, (state) => state.risk);
  /** Named by the user; the hub tells of a currency once there is a bot or a limit of it. */
  const [named, setNamed] = useState<readonly string[]>([]);
  if (risk === null) return <p className={cx('note')}>{t('limits.unknown')}</p>;
  const told = risk.currencies.map(({ currency }) => currency);
  const shown = [
    ...risk.currencies,
    ...named.filter((one) => !told.includes(one)).map(withoutBots),
  ];
  return (
    <>
      <p className={cx('note')}>{t('limits.explained')}</p>
      {shown.map((one) => (
        // What is typed goes on until the limits themselves have changed.
        <CurrencyLimits key={`${one.currency} ${JSON.stringify(one.limits)}`} risk={one} />
      ))}
      <AddCurrency
        known={shown.map(({ currency }) => currency)}
        onAdd={(currency) => setNamed([...named, currency])}
      />
    </>
  );
}

const withoutBots = (currency: string): CurrencyRisk => ({
  ...{ currency, limits: null, openOrders: 0, ordersLastMinute: 0 },
  ...{ positionValue: '0' as CurrencyRisk['positionValue'] },
  pnlToday: '0' as CurrencyRisk['pnlToday'],
});

const CURRENCY = /^[A-Za-z0-9._-]{1,24}$/;

interface AddCurrencyProps {
  readonly known: readonly string[];
  readonly onAdd: (currency: string) => void;
}

/** For one that no bot trades yet. */
function AddCurrency({ known, onAdd }: AddCurrencyProps) {
  const { t } = useTranslation('risk');
  const [typed, setTyped] = useState('');
  const currency = typed.trim().toUpperCase();
  const isKnown = known.includes(currency);
  const isWrong = currency !== '' && !CURRENCY.test(currency);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (currency === '' || isKnown || isWrong) return;
    onAdd(currency);
    setTyped('');
  };
  return (
    <form className={cx('add')} onSubmit={submit}>
      <Field
        label={t('limits.otherCurrency')}
        placeholder={t('limits.example')}
        value={typed}
        testId="risk-currency"
        error={isKnown ? t('limits.known') : isWrong ? t('limits.noCurrency') : null}
        onChange={({ target }) => setTyped(target.value)}
      />
      <Button type="submit" testId="risk-add" disabled={currency === '' || isKnown || isWrong}>
        {t('limits.add')}
      </Button>
    </form>
  );
}
