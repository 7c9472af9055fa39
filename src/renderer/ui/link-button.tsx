import type { ReactNode } from 'react';
import { bindClassNames } from './class-names.ts';
import styles from './link-button.module.css';

const cx = bindClassNames(styles);

export interface LinkButtonProps {
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** A row's name as a control, so that the keyboard reaches what a click on the row does. */
export const LinkButton = ({ onClick, children }: LinkButtonProps) => (
  <button
    type="button"
    className={cx('link')}
    onClick={(event) => {
      event.stopPropagation();
      onClick();
    }}
  >
    {children}
  </button>
);
