import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUnreachable } from '../../app/use-unreachable.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { Field } from '../../ui/field.tsx';
import styles from './add-feed-form.module.css';
import { useFeedAddition } from './use-feed-addition.ts';
import { Waiting } from './waiting.tsx';

const cx = bindClassNames(styles);

/** As the command line takes them. */
const EXAMPLE = 'ccxt:binance:BTC/USDT,ETH/USDT';

/** Adds a feed by its spec; what the hub says against it stands under what was written. */
export function AddFeedForm() {
  const { t } = useTranslation('feeds');
  const unreachable = useUnreachable();
  const [spec, setSpec] = useState('');
  const { isAdding, error, add, giveUp } = useFeedAddition();
  const wanted = spec.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wanted === '') return;
    void add(wanted).then((isAdded) => {
      if (isAdded) setSpec('');
    });
  };
  return (
    <form className={cx('form')} onSubmit={submit} aria-label={t('addSpec')}>
      <Field
        label={t('addSpec')}
        placeholder={EXAMPLE}
        value={spec}
        maxLength={4_096}
        testId="feed-spec"
        error={error}
        onChange={({ target }) => setSpec(target.value)}
      />
      <Button
        type="submit"
        testId="feed-add"
        disabled={isAdding || unreachable !== null || wanted === ''}
        title={unreachable ?? undefined}
        className={cx('submit')}
      >
        {isAdding ? t('adding') : t('add')}
      </Button>
      {isAdding && <Waiting text={t('askedFirst')} testId="feed-adding" onCancel={giveUp} />}
    </form>
  );
}
