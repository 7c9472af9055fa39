import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { NumberField } from './number-field.tsx';
import styles from './settings.module.css';
import {
  type Control,
  problemOf,
  type Setting,
  type SettingName,
  type SettingValue,
} from './settings-list.ts';

const cx = bindClassNames(styles);

export interface SettingRowProps {
  readonly setting: Setting;
  /** Undefined while the hub has not told it. */
  readonly value: SettingValue | undefined;
  readonly defaultValue: SettingValue;
  readonly onChange: (value: SettingValue) => void;
}

/** One setting with its words, its control and a way back to the default. */
export function SettingRow({ setting, value, defaultValue, onChange }: SettingRowProps) {
  const { name, control } = setting;
  const { t } = useTranslation('settings');
  const id = useId();
  const isChanged = value !== undefined && value !== defaultValue;
  return (
    <div className={cx('row')} data-testid={`setting-${name}`}>
      <div className={cx('words')}>
        <label htmlFor={id}>{t(`items.${name}.label`)}</label>
        <p id={`${id}-hint`}>{t(`items.${name}.hint`)}</p>
      </div>
      <ControlOf {...{ id, name, control, value, onChange }} key={`${name}-${String(value)}`} />
      <Button
        variant="quiet"
        disabled={!isChanged}
        aria-label={t('resetOne', { name: t(`items.${name}.label`) })}
        testId={`setting-reset-${name}`}
        onClick={() => onChange(defaultValue)}
      >
        {t('reset')}
      </Button>
    </div>
  );
}

interface ControlProps<C extends Control = Control> {
  readonly id: string;
  readonly name: SettingName;
  readonly control: C;
  readonly value: SettingValue | undefined;
  readonly onChange: (value: SettingValue) => void;
}

function ControlOf({ control, ...rest }: ControlProps) {
  switch (control.kind) {
    case 'choice':
      return <Choice control={control} {...rest} />;
    case 'toggle':
      return <Toggle {...rest} />;
    case 'number':
      return <NumberOf control={control} {...rest} />;
  }
}

function Choice({
  id,
  name,
  control,
  value,
  onChange,
}: ControlProps<Control & { kind: 'choice' }>) {
  const { t } = useTranslation('settings');
  // The keys of a setting's options are its control's, which a test holds against the texts.
  const optionText = t as (key: string) => string;
  return (
    <select
      id={id}
      className={cx('control')}
      aria-describedby={`${id}-hint`}
      value={String(value ?? '')}
      onChange={({ target }) => onChange(target.value)}
    >
      {control.options.map((option) => (
        <option key={option} value={option}>
          {optionText(`items.${name}.options.${option}`)}
        </option>
      ))}
    </select>
  );
}

function Toggle({ id, value, onChange }: Omit<ControlProps, 'control'>) {
  return (
    <span className={cx('control', 'toggle')}>
      <input
        id={id}
        type="checkbox"
        aria-describedby={`${id}-hint`}
        disabled={value === undefined}
        checked={value === true}
        onChange={({ target }) => onChange(target.checked)}
      />
    </span>
  );
}

function NumberOf({
  id,
  name,
  control,
  value,
  onChange,
}: ControlProps<Control & { kind: 'number' }>) {
  const { t } = useTranslation('settings');
  return (
    <NumberField
      {...{ id, onChange }}
      value={typeof value === 'number' || value === null ? value : undefined}
      factor={control.factor}
      unit={t(`units.${control.unit}`)}
      placeholder={t('noLimit')}
      problemOf={(read) => problemOf(name, read)}
    />
  );
}
