import type { ReactNode } from 'react';
import { bindClassNames } from './class-names.ts';
import styles from './link-button.module.css';

const cx = bindClassNames(styles);

export interface LinkButtonProps {
  readonly onClick: () => void;
  readonly children: ReactNode;
  /** Given: it shows and hides something. */
  readonly isExpanded?: boolean;
  /** Said in place of a text that is short. */
  readonly label?: string;
  /** Of a figure beside others, not of a name. */
  readonly isQuiet?: boolean;
  readonly testId?: string;
}

/** A row's name as a control, so that the keyboard reaches what a click on the row does. */
export const LinkButton = ({
  onClick,
  children,
  isExpanded,
  label,
  isQuiet = false,
  testId,
}: LinkButtonProps) => (
  <button
    type="button"
    className={cx('link', isQuiet && 'quiet')}
    aria-expanded={isExpanded}
    aria-label={label}
    title={label ?? (typeof children === 'string' ? children : undefined)}
    data-testid={testId}
    onClick={(event) => {
      event.stopPropagation();
      onClick();
    }}
  >
    {children}
  </button>
);
