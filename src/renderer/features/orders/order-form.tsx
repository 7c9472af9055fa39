import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useActions, useInstrument } from '../../app/app-context.ts';
import { useUnreachable } from '../../app/use-unreachable.ts';
import type { BotRecord } from '../../stores/bot-store.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { useCommand } from '../../ui/use-command.ts';
import { type OrderProblems, problemsOf, requestOf } from './order-draft.ts';
import type { OrderForm as Draft } from './order-figures.ts';
import styles from './order-form.module.css';
import { OrderFormFields } from './order-form-fields.tsx';
import { isPair, pairRequestOf } from './order-pair-draft.ts';

const cx = bindClassNames(styles);
const NO_PROBLEMS: OrderProblems = {};

export interface OrderFormProps {
  /** Those that may have the order; at least one. */
  readonly bots: readonly BotRecord[];
  readonly initial: Draft;
  readonly onDone: () => void;
}

/** An order as it is being written. Its button says what it does. */
export function OrderForm({ bots, initial, onDone }: OrderFormProps) {
  const { t } = useTranslation('orders');
  const [draft, setDraft] = useState(initial);
  /** Problems show once the user has tried, and from then on as he types. */
  const [hasTried, setHasTried] = useState(false);
  const { orders } = useActions();
  const unreachable = useUnreachable();
  const { isBusy, error, run } = useCommand();
  const bot = bots.find(({ config }) => config.id === draft.botId);
  const instrument = useInstrument(bot?.config.instrumentId ?? null);
  const problems = problemsOf(draft, instrument ?? null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setHasTried(true);
    if (Object.keys(problems).length > 0) return;
    const place = async () =>
      isPair(draft) ? orders.placePair(pairRequestOf(draft)) : orders.place(requestOf(draft));
    if (await run(place)) onDone();
  };
  const amount = `${draft.quantity} ${instrument?.base ?? ''}`.trim();
  const { side, type } = draft;
  const deed =
    type === 'breakout' || type === 'range'
      ? t('form.submit.both', { amount })
      : t(`form.${type === 'oco' ? 'submitOco' : 'submit'}.${side}`, { amount });
  return (
    <form
      className={cx('form')}
      noValidate
      onSubmit={(event) => void submit(event)}
      data-testid="order-form"
    >
      <OrderFormFields
        {...{ bots, draft, instrument }}
        problems={hasTried ? problems : NO_PROBLEMS}
        onChange={setDraft}
      />
      <p className={cx('error')} role="alert">
        {error ?? (unreachable && t('form.unreachable', { why: unreachable }))}
      </p>
      <footer className={cx('foot')}>
        <Button variant="quiet" onClick={onDone}>
          {t('form.leave')}
        </Button>
        <Button
          variant="accent"
          type="submit"
          disabled={isBusy || unreachable !== null}
          testId="order-submit"
        >
          {deed}
        </Button>
      </footer>
    </form>
  );
}
