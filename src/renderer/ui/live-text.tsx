import { bindClassNames } from './class-names.ts';
import styles from './visually-hidden.module.css';

const cx = bindClassNames(styles);

/** Said by a screen reader when it changes, when there is a pause; not seen. */
export function LiveText({ text }: { readonly text: string }) {
  return (
    <div className={cx('hidden')} role="status" aria-live="polite">
      {text}
    </div>
  );
}
