import type { ReactNode } from 'react';
import { bindClassNames } from './class-names.ts';
import styles from './link-button.module.css';

const cx = bindClassNames(styles);

export interface LinkButtonProps {
  readonly onClick: () => void;
  readonly children: ReactNode;
  /** Given: it shows and hides something. */
  readonly isExpanded?: boolean;
  readonly testId?: string;
}

/** A row's name as a control, so that the keyboard reaches what a click on the row does. */
export const LinkButton = ({ onClick, children, isExpanded, testId }: LinkButtonProps) => (
  <button
    type="button"
    className={cx('link')}
    aria-expanded={isExpanded}
    data-testid={testId}
    onClick={(event) => {
      event.stopPropagation();
      onClick();
    }}
  >
    {children}
  </button>
);
