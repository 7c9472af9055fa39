import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import styles from './waiting.module.css';

const cx = bindClassNames(styles);

export interface WaitingProps {
  /** For what. */
  readonly text: string;
  readonly onCancel: () => void;
  readonly testId: string;
}

/** An exchange is asked: nobody knows for how long, so it moves, and it can be given up. */
export function Waiting({ text, onCancel, testId }: WaitingProps) {
  const { t } = useTranslation('feeds');
  return (
    <div className={cx('waiting')} role="status" data-testid={testId}>
      <span>{text}</span>
      <progress className={cx('progress')} aria-label={text} />
      <Button testId={`${testId}-cancel`} onClick={onCancel}>
        {t('cancel')}
      </Button>
    </div>
  );
}
