import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHubClient } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import styles from './add-exchange-dialog.module.css';
import { ExchangeList } from './exchange-list.tsx';
import { InstrumentChoice } from './instrument-choice.tsx';
import type { ExchangeListing } from './offer-list.tsx';
import { useHubAnswer } from './use-hub-answer.ts';

const cx = bindClassNames(styles);

export interface AddExchangeDialogProps {
  /** What was searched for already. */
  readonly text: string;
  readonly onClose: () => void;
}

/** All exchanges that there are, and what each of them offers: several instruments are added at once. */
export default function AddExchangeDialog({ text, onClose }: AddExchangeDialogProps) {
  const { t } = useTranslation('feeds');
  const client = useHubClient();
  const dialogRef = useRef<HTMLDialogElement>(null);
  const [exchange, setExchange] = useState<ExchangeListing | null>(null);
  useEffect(() => dialogRef.current?.showModal(), []);
  const ask = useCallback(() => client.request('exchanges.list'), [client]);
  const exchanges = useHubAnswer(ask);
  return (
    <dialog
      ref={dialogRef}
      className={cx('dialog')}
      aria-label={t('dialog.title')}
      data-testid="add-exchange"
      onClose={onClose}
      // What is typed and dragged in here is not the panel's behind it.
      onKeyDown={(event) => event.stopPropagation()}
    >
      <header className={cx('head')}>
        <h2 className={cx('title')}>{t('dialog.title')}</h2>
        <Button
          variant="quiet"
          aria-label={t('dialog.close')}
          onClick={() => dialogRef.current?.close()}
        >
          ×
        </Button>
      </header>
      <div className={cx('columns')}>
        <ExchangeList exchanges={exchanges} chosen={exchange} onChoose={setExchange} />
        {exchange === null ? (
          <p className={cx('hint')}>{t('dialog.choose')}</p>
        ) : (
          <InstrumentChoice
            key={exchange.id}
            exchange={exchange}
            text={text}
            onAdded={() => dialogRef.current?.close()}
            onCancel={() => setExchange(null)}
          />
        )}
      </div>
    </dialog>
  );
}
