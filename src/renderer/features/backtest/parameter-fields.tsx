import { useTranslation } from 'react-i18next';
import type { StrategyDescription } from '#contract/requests.ts';
import { namesOf } from '#domain/instrument.ts';
import { useInstrument } from '../../app/app-context.ts';
import { Field } from '../../ui/field.tsx';
import type { BotDraft, DraftErrors } from '../bots/bot-draft.ts';
import { ParameterField } from '../bots/parameter-field.tsx';
import { parameterUnit } from '../bots/parameter-unit.ts';
import type { StrategyParameter } from '../bots/parameter-value.ts';

export interface ParameterFieldsProps {
  readonly bot: BotDraft;
  readonly strategy: StrategyDescription;
  /** Each takes several values. */
  readonly isSweep: boolean;
  readonly errors: DraftErrors;
  readonly onChange: (bot: BotDraft) => void;
}

/** The strategy's own parameters: with one value each, or with those to try. */
export function ParameterFields(props: ParameterFieldsProps) {
  const { bot, strategy, isSweep, errors, onChange } = props;
  const instrument = useInstrument(bot.instrumentId);
  return strategy.parameters.map((parameter) => {
    const { name, unit } = parameter;
    const field = {
      unit: parameterUnit(unit, instrument ?? namesOf(bot.instrumentId)),
      value: bot.params[name] ?? '',
      error: errors[name] ?? null,
      onChange: (value: string) => onChange({ ...bot, params: { ...bot.params, [name]: value } }),
    };
    return isSweep ? (
      <TriedField key={name} {...{ parameter, ...field }} />
    ) : (
      <ParameterField key={name} disabled={false} {...{ parameter, ...field }} />
    );
  });
}

interface TriedFieldProps {
  readonly parameter: StrategyParameter;
  readonly unit: string;
  /** As typed. */
  readonly value: string;
  readonly error: string | null;
  readonly onChange: (value: string) => void;
}

/** A parameter of which several values may be tried: a choice is written down, too. */
function TriedField({ parameter, onChange, ...field }: TriedFieldProps) {
  const { t } = useTranslation('backtest');
  const { name, label, description, kind, options } = parameter;
  const offered = kind === 'boolean' ? ['true', 'false'] : options;
  const how = offered ? t('form.triedChoice', { options: offered.join('|') }) : t('form.tried');
  return (
    <Field
      label={label}
      hint={`${description} ${how}`.trim()}
      placeholder={offered?.join('|')}
      testId={`bot-field-${name}`}
      onChange={({ target }) => onChange(target.value)}
      {...field}
    />
  );
}
