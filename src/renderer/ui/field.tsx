import { type InputHTMLAttributes, type ReactNode, useId } from 'react';
import { bindClassNames } from './class-names.ts';
import styles from './field.module.css';

const cx = bindClassNames(styles);

interface FieldFrame {
  readonly label: string;
  /** Shown after the input: `%`, `USDT`. */
  readonly unit?: string;
  readonly hint?: string;
  /** What is wrong with the value; null while nothing is. */
  readonly error?: string | null;
}

export interface FieldProps extends FieldFrame, InputHTMLAttributes<HTMLInputElement> {
  readonly testId?: string;
}

/** A labelled input with its unit, hint and error in place. */
export function Field({ label, unit, hint, error = null, testId, ...input }: FieldProps) {
  const id = useId();
  return (
    <div className={cx('field')}>
      <label className={cx('label')} htmlFor={id} title={hint}>
        {label}
      </label>
      <span className={cx('box', error !== null && 'invalid')}>
        <input
          {...input}
          id={id}
          className={cx('input')}
          data-testid={testId}
          data-autofocus={input.autoFocus || undefined}
          aria-invalid={error !== null}
          aria-describedby={error === null ? undefined : `${id}-error`}
          autoComplete="off"
          spellCheck={false}
        />
        {unit !== undefined && unit !== '' && <span className={cx('unit')}>{unit}</span>}
      </span>
      <span id={`${id}-error`} className={cx('error')} role={error === null ? undefined : 'alert'}>
        {error}
      </span>
    </div>
  );
}

export interface SelectFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly testId?: string;
  readonly disabled?: boolean;
  /** `option` elements. */
  readonly children: ReactNode;
}

export function SelectField({
  label,
  hint,
  value,
  onChange,
  testId,
  disabled,
  children,
}: SelectFieldProps) {
  const id = useId();
  return (
    <div className={cx('field')}>
      <label className={cx('label')} htmlFor={id} title={hint}>
        {label}
      </label>
      <span className={cx('box')}>
        <select
          id={id}
          className={cx('input')}
          data-testid={testId}
          value={value}
          disabled={disabled}
          onChange={(event) => onChange(event.target.value)}
        >
          {children}
        </select>
      </span>
      <span className={cx('error')} />
    </div>
  );
}
