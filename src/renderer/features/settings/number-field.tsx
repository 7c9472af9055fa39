import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bindClassNames } from '../../ui/class-names.ts';
import styles from './settings.module.css';
import { readNumber } from './settings-list.ts';

const cx = bindClassNames(styles);

export interface NumberFieldProps {
  readonly id: string;
  /** Undefined while the hub has not told it; null where there is no limit. */
  readonly value: number | null | undefined;
  /** Shown divided by it. */
  readonly factor: number;
  readonly unit: string;
  /** In place of nothing. */
  readonly placeholder: string;
  readonly problemOf: (value: number | null) => string | null;
  readonly onChange: (value: number | null) => void;
}

/** A number that is checked as it is typed, and kept when one leaves the field or presses Enter. */
export function NumberField({
  id,
  value,
  factor,
  unit,
  placeholder,
  problemOf,
  onChange,
}: NumberFieldProps) {
  const { t } = useTranslation('settings');
  const [text, setText] = useState(typeof value === 'number' ? String(value / factor) : '');
  const read = readNumber(text, factor);
  const problem = read === undefined ? t('notANumber') : problemOf(read);
  const keep = () => {
    if (problem === null && read !== undefined && read !== value) onChange(read);
  };
  const isKnown = value !== undefined;
  return (
    <span className={cx('control', 'number')}>
      <input
        id={id}
        inputMode="decimal"
        aria-describedby={`${id}-hint ${id}-problem`}
        aria-invalid={isKnown && problem !== null}
        placeholder={isKnown ? placeholder : '…'}
        disabled={!isKnown}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onBlur={keep}
        onKeyDown={({ key }) => {
          if (key === 'Enter') keep();
        }}
      />
      <span className={cx('unit')}>{unit}</span>
      <span id={`${id}-problem`} className={cx('problem')} role={problem ? 'alert' : undefined}>
        {isKnown && problem}
      </span>
    </span>
  );
}
