import { bindClassNames } from '../../ui/class-names.ts';
import styles from './journal.module.css';

const cx = bindClassNames(styles);

export interface DayFieldProps {
  readonly label: string;
  /** `2026-11-28`; empty: none is chosen. */
  readonly value: string;
  readonly testId: string;
  /** Null: none any more. */
  readonly onChange: (day: string | null) => void;
}

/** A day, by the browser's own calendar. */
export const DayField = ({ label, value, testId, onChange }: DayFieldProps) => (
  <input
    type="date"
    className={cx('day')}
    aria-label={label}
    title={label}
    value={value}
    data-testid={testId}
    onChange={({ target }) => onChange(target.value === '' ? null : target.value)}
  />
);
