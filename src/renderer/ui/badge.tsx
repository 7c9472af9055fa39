import type { ReactNode } from 'react';
import styles from './badge.module.css';
import { bindClassNames } from './class-names.ts';

const cx = bindClassNames(styles);

export type BadgeTone = 'neutral' | 'up' | 'down' | 'warning' | 'accent';

export interface BadgeProps {
  readonly tone?: BadgeTone;
  readonly title?: string;
  readonly testId?: string;
  readonly children: ReactNode;
}

/** A short word in a box: a state. The word says it; the tone only helps. */
export function Badge({ tone = 'neutral', title, testId, children }: BadgeProps) {
  return (
    <span className={cx('badge', tone)} title={title} data-testid={testId}>
      {children}
    </span>
  );
}
