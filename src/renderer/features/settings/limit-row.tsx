import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import styles from './settings.module.css';

const cx = bindClassNames(styles);

export interface LimitRowProps {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly defaultText: string;
  /** What the hub runs with until its next start, where that is something else than what is kept. */
  readonly inUseText: string | null;
  readonly onReset: (() => void) | null;
  /** Its control, labelled by the row. */
  readonly children: ReactNode;
}

/** One limit of the hub with its words, its control and a way back to the default. */
export function LimitRow(props: LimitRowProps) {
  const { id, name, label, hint, defaultText, inUseText, onReset, children } = props;
  const { t } = useTranslation('settings');
  return (
    <div className={cx('row')} data-testid={`limit-${name}`}>
      <div className={cx('words')}>
        <label htmlFor={id}>{label}</label>
        <p id={`${id}-hint`}>
          {hint} {t('limits.default', { value: defaultText })}
        </p>
        {inUseText !== null && <p role="status">{t('limits.inUse', { value: inUseText })}</p>}
      </div>
      {children}
      <Button
        variant="quiet"
        disabled={onReset === null}
        aria-label={t('resetOne', { name: label })}
        testId={`limit-reset-${name}`}
        onClick={() => onReset?.()}
      >
        {t('reset')}
      </Button>
    </div>
  );
}
