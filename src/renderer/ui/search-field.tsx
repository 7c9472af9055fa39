import { bindClassNames } from './class-names.ts';
import styles from './search-field.module.css';

const cx = bindClassNames(styles);

export interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly testId: string;
  /** As wide as what it stands in. */
  readonly isWide?: boolean;
}

/** Finds in what stands below it, as one types. */
export const SearchField = ({
  label,
  value,
  onChange,
  testId,
  isWide = false,
}: SearchFieldProps) => (
  <input
    className={cx('search', isWide && 'wide')}
    type="search"
    aria-label={label}
    placeholder={label}
    value={value}
    maxLength={200}
    spellCheck={false}
    data-testid={testId}
    onChange={({ target }) => onChange(target.value)}
  />
);
