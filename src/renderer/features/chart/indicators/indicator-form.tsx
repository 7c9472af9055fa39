import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bindClassNames } from '../../../ui/class-names.ts';
import { Field, SelectField } from '../../../ui/field.tsx';
import styles from '../dialog.module.css';
import { SERIES_COLORS } from '../plot/chart-theme.ts';
import { INDICATORS, type ParameterSpec, PRICE_SOURCES } from './catalogue.ts';
import { type IndicatorSettings, parameterSchema } from './indicator-settings.ts';

const cx = bindClassNames(styles);

interface IndicatorFormProps {
  readonly indicator: IndicatorSettings;
  readonly onChange: (indicator: IndicatorSettings) => void;
}

/** The parameters, the source and the colours of one indicator. Only what is sound is taken over. */
export function IndicatorForm({ indicator, onChange }: IndicatorFormProps) {
  const { t } = useTranslation('chart');
  const { kind, parameters, source, colors } = indicator;
  const definition = INDICATORS[kind];
  return (
    <div className={cx('form')}>
      {definition.parameters.map((spec) => (
        <ParameterField
          key={spec.name}
          spec={spec}
          value={parameters[spec.name] ?? spec.usual}
          onChange={(value) =>
            onChange({ ...indicator, parameters: { ...parameters, [spec.name]: value } })
          }
        />
      ))}
      {definition.hasSource && (
        <SelectField
          label={t('dialog.source')}
          value={source}
          testId="indicator-source"
          onChange={(chosen) => {
            const next = PRICE_SOURCES.find((one) => one === chosen);
            if (next !== undefined) onChange({ ...indicator, source: next });
          }}
        >
          {PRICE_SOURCES.map((one) => (
            <option key={one} value={one}>
              {t(`source.${one}`)}
            </option>
          ))}
        </SelectField>
      )}
      {definition.plots
        .filter(({ style }) => style !== 'histogram')
        .map(({ name, color }) => (
          <SelectField
            key={name}
            label={t('dialog.color', { plot: t(`plot.${name}`) })}
            value={colors[name] ?? color}
            testId={`indicator-color-${name}`}
            onChange={(chosen) => {
              const next = SERIES_COLORS.find((one) => one === chosen);
              if (next !== undefined)
                onChange({ ...indicator, colors: { ...colors, [name]: next } });
            }}
          >
            {SERIES_COLORS.map((one) => (
              <option key={one} value={one}>
                {t(`color.${one}`)}
              </option>
            ))}
          </SelectField>
        ))}
    </div>
  );
}

interface ParameterFieldProps {
  readonly spec: ParameterSpec;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

/** Keeps what is being typed; what is not sound stays here, with its error. */
function ParameterField({ spec, value, onChange }: ParameterFieldProps) {
  const { t } = useTranslation('chart');
  const [text, setText] = useState(String(value));
  const checked = parameterSchema(spec).safeParse(text.trim() === '' ? null : Number(text));
  const rule = checked.error?.issues[0]?.message;
  const error =
    rule === 'range' || rule === 'step'
      ? t(`dialog.${rule}`, { ...spec })
      : rule === undefined
        ? null
        : t('dialog.number');
  return (
    <Field
      label={t(`parameter.${spec.name}`)}
      type="number"
      inputMode="decimal"
      min={spec.least}
      max={spec.most}
      step={spec.step}
      value={text}
      error={error}
      testId={`indicator-${spec.name}`}
      onChange={({ target }) => {
        setText(target.value);
        const next = parameterSchema(spec).safeParse(
          target.value.trim() === '' ? null : Number(target.value),
        );
        if (next.success) onChange(next.data);
      }}
    />
  );
}
