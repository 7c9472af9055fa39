import type { ButtonHTMLAttributes } from 'react';
import styles from './button.module.css';
import { bindClassNames } from './class-names.ts';

const cx = bindClassNames(styles);

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `quiet` for toolbars and rows, `accent` for a form's one main action. */
  readonly variant?: 'plain' | 'quiet' | 'accent' | 'danger';
  readonly testId?: string;
}

export function Button({ variant = 'plain', testId, className, ...rest }: ButtonProps) {
  const classes = [cx('button', variant), className].filter(Boolean).join(' ');
  return <button type="button" data-testid={testId} {...rest} className={classes} />;
}
