import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { RequestResult } from '#contract/requests.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import styles from './add-exchange-dialog.module.css';

const cx = bindClassNames(styles);

export type ExchangeListing = RequestResult<'exchanges.list'>['exchanges'][number];

/** What went wrong, and the way to try it again. */
export function Failure({
  message,
  retry,
}: {
  readonly message: string;
  readonly retry: () => void;
}) {
  const { t } = useTranslation('common');
  return (
    <p className={cx('failure')} role="alert">
      {message} <Button onClick={retry}>{t('tryAgain')}</Button>
    </p>
  );
}

/** Up and down between the buttons or boxes of a list. */
export function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('button,input:enabled')];
  const next = stops[stops.findIndex((stop) => stop.matches(':focus')) + step];
  event.preventDefault();
  next?.focus();
}
