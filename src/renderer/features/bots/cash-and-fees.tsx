import type { ChangeEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../ui/field.tsx';
import type { BotDraft, DraftErrors } from './bot-draft.ts';

export interface CashAndFeesProps {
  readonly draft: BotDraft;
  readonly errors: DraftErrors;
  /** The instrument's quote currency. */
  readonly currency: string;
  readonly onChange: (draft: BotDraft) => void;
}

/** What a bot begins with, and what it is charged. */
export function CashAndFees({ draft, errors, currency, onChange }: CashAndFeesProps) {
  const { t } = useTranslation('bots');
  const field = (name: 'initialCash' | 'makerFeeBps' | 'takerFeeBps') => ({
    testId: `bot-field-${name}`,
    inputMode: 'decimal' as const,
    value: draft[name],
    error: errors[name] ?? null,
    onChange: ({ target }: ChangeEvent<HTMLInputElement>) =>
      onChange({ ...draft, [name]: target.value }),
  });
  return (
    <>
      <Field label={t('form.initialCash')} unit={currency} {...field('initialCash')} />
      <Field label={t('form.makerFee')} unit="bps" {...field('makerFeeBps')} />
      <Field label={t('form.takerFee')} unit="bps" {...field('takerFeeBps')} />
    </>
  );
}
