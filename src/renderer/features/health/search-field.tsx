import { bindClassNames } from '../../ui/class-names.ts';
import styles from './health.module.css';

const cx = bindClassNames(styles);

export interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly testId: string;
}

export const SearchField = ({ label, value, onChange, testId }: SearchFieldProps) => (
  <input
    className={cx('search')}
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
