import styles from './choice-field.module.css';
import { bindClassNames } from './class-names.ts';

const cx = bindClassNames(styles);

export interface ChoiceFieldProps<K extends string> {
  readonly label: string;
  readonly value: K;
  /** What can be chosen, with how it is called. */
  readonly options: readonly (readonly [key: K, text: string])[];
  readonly onChange: (key: K) => void;
  readonly testId: string;
}

/** One of several, in a toolbar. */
export const ChoiceField = <K extends string>({
  label,
  value,
  options,
  onChange,
  testId,
}: ChoiceFieldProps<K>) => (
  <select
    className={cx('choice')}
    aria-label={label}
    title={label}
    data-testid={testId}
    value={value}
    onChange={({ target }) => {
      const chosen = options[target.selectedIndex];
      if (chosen !== undefined) onChange(chosen[0]);
    }}
  >
    {options.map(([key, text]) => (
      <option key={key} value={key}>
        {text}
      </option>
    ))}
  </select>
);
