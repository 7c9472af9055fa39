import type { ReactNode } from 'react';
import { bindClassNames } from './class-names.ts';
import styles from './empty-state.module.css';

const cx = bindClassNames(styles);

/** What stands where there is nothing yet, and what to do about it. */
export function EmptyState({
  text,
  action,
}: {
  readonly text: string;
  readonly action?: ReactNode;
}) {
  return (
    <div className={cx('empty')}>
      <p>{text}</p>
      {action}
    </div>
  );
}
