import { useTranslation } from 'react-i18next';
import type { StrategyDescription } from '#contract/requests.ts';
import { useHubWords } from '../../i18n/hub-words.ts';
import { Field, SelectField } from '../../ui/field.tsx';

export interface ParameterFieldProps {
  readonly parameter: StrategyDescription['parameters'][number];
  /** As typed. */
  readonly value: string;
  readonly unit: string;
  readonly error: string | null;
  readonly disabled: boolean;
  /** The bot runs: what can be changed meanwhile says when that takes effect. */
  readonly isRunning?: boolean;
  readonly onChange: (value: string) => void;
}

/** One parameter of a strategy: a list where it is a choice, else a box for a figure. */
export function ParameterField(props: ParameterFieldProps) {
  const { parameter, value, unit, error, disabled, isRunning = false, onChange } = props;
  const { t } = useTranslation('bots');
  const words = useHubWords();
  const { whileRunning } = parameter;
  const hint =
    isRunning && whileRunning !== null
      ? `${parameter.description} ${t('form.takesEffect', { when: whileRunning })}`
      : parameter.description;
  const testId = `bot-field-${parameter.name}`;
  const options =
    parameter.kind === 'boolean'
      ? ([
          ['true', t('form.yes')],
          ['false', t('form.no')],
        ] as const)
      : parameter.options?.map((one) => [one, words(one)] as const);
  if (options === undefined) {
    return (
      <Field
        label={parameter.label}
        hint={hint}
        inputMode="decimal"
        onChange={(event) => onChange(event.target.value)}
        {...{ unit, testId, disabled, value, error }}
      />
    );
  }
  return (
    <SelectField label={parameter.label} {...{ hint, testId, disabled, value, onChange }}>
      {options.map(([option, label]) => (
        <option key={option} value={option}>
          {label}
        </option>
      ))}
    </SelectField>
  );
}
