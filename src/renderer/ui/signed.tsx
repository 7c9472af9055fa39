import type { DecimalString } from '#domain/decimal.ts';
import { bindClassNames } from './class-names.ts';
import { formatMoney, formatPercent, signOf } from './format.ts';
import styles from './signed.module.css';

const cx = bindClassNames(styles);

const toneOf = (sign: -1 | 0 | 1) => (sign === 0 ? 'flat' : sign > 0 ? 'up' : 'down');

interface SignedMoneyProps {
  readonly value: DecimalString | null | undefined;
  readonly decimals?: number;
}

/** Profit or loss: sign and colour. */
export function SignedMoney({ value, decimals }: SignedMoneyProps) {
  const text = formatMoney(value, { decimals, signed: true });
  // The colour goes by what is shown: a rounded zero has none.
  return <span className={cx(/[1-9]/.test(text) ? toneOf(signOf(value)) : 'flat')}>{text}</span>;
}

/** A change: arrow, sign and colour. */
export function SignedPercent({ value }: { readonly value: number | null | undefined }) {
  const text = formatPercent(value);
  const sign = /[1-9]/.test(text) ? signOf(value) : 0;
  return (
    <span className={cx(toneOf(sign))}>
      {sign !== 0 && <span aria-hidden="true">{sign > 0 ? '▲' : '▼'} </span>}
      {text}
    </span>
  );
}
