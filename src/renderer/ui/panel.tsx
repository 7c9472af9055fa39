import { type ReactNode, use, useLayoutEffect } from 'react';
import { bindClassNames } from './class-names.ts';
import styles from './panel.module.css';
import { type NotLiveText, PanelFrameContext } from './panel-frame.ts';

const cx = bindClassNames(styles);

export interface PanelProps {
  readonly title: string;
  /** A row above the content: an interval picker, a filter. */
  readonly header?: ReactNode;
  /** Why the content is not live; dims it and says so beside the title. Null while it is live. */
  readonly notLive?: NotLiveText | null;
  readonly testId?: string;
  readonly children: ReactNode;
}

/** A titled frame. Its content keeps its place whether or not it is live: nothing jumps. */
export function Panel({ title, header, notLive = null, testId, children }: PanelProps) {
  const frame = use(PanelFrameContext);
  const { label, detail } = notLive ?? { label: null, detail: '' };
  useLayoutEffect(() => {
    frame?.tellNotLive(label === null ? null : { label, detail });
  }, [frame, label, detail]);
  return (
    <section className={cx('panel')} aria-label={title} data-testid={testId}>
      {(frame === null || header !== undefined) && (
        <header className={cx('header', notLive !== null && 'troubled')}>
          {frame === null && <h2 className={cx('title')}>{title}</h2>}
          {header}
          {frame === null && notLive !== null && <NotLiveWarning notLive={notLive} />}
        </header>
      )}
      <div className={cx('body', notLive !== null && 'dimmed')}>{children}</div>
    </section>
  );
}

/** Said to a screen reader as well, when it begins. */
export const NotLiveWarning = ({ notLive }: { readonly notLive: NotLiveText }) => (
  <span className={cx('warning')} role="status" title={notLive.detail}>
    <strong>{notLive.label}</strong> <span className={cx('detail')}>{notLive.detail}</span>
  </span>
);
