import { bindClassNames } from '../../ui/class-names.ts';
import styles from './alerts.module.css';

const cx = bindClassNames(styles);

/** Why the last command of a list was refused, above the list. */
export function CommandError({ error }: { readonly error: string | null }) {
  if (error === null) return null;
  return (
    <div className={cx('bar')}>
      <span className={cx('error')} role="alert">
        {error}
      </span>
    </div>
  );
}
