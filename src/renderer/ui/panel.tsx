import type { ReactNode } from 'react';
import { bindClassNames } from './class-names.ts';
import styles from './panel.module.css';

const cx = bindClassNames(styles);

export interface PanelProps {
  readonly title: string;
  /** Beside the title: tabs, an interval picker, a filter. */
  readonly header?: ReactNode;
  /** Why the content is not live; dims it and says so beside the title. Null while it is live. */
  readonly notLive?: { readonly label: string; readonly detail: string } | null;
  readonly testId?: string;
  readonly children: ReactNode;
}

/** A titled frame. Its content keeps its place whether or not it is live: nothing jumps. */
export function Panel({ title, header, notLive = null, testId, children }: PanelProps) {
  return (
    <section className={cx('panel')} aria-label={title} data-testid={testId}>
      <header className={cx('header', notLive !== null && 'troubled')}>
        <h2 className={cx('title')}>{title}</h2>
        {header}
        {notLive !== null && (
          <span className={cx('warning')} role="status" title={notLive.detail}>
            <strong>{notLive.label}</strong> <span className={cx('detail')}>{notLive.detail}</span>
          </span>
        )}
      </header>
      <div className={cx('body', notLive !== null && 'dimmed')}>{children}</div>
    </section>
  );
}
