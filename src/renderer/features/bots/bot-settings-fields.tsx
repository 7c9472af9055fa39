import { useTranslation } from 'react-i18next';
import { DAILY_LOSS_ACTIONS, type DailyLossAction } from '#domain/risk-limits.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { Field, SelectField } from '../../ui/field.tsx';
import type { DraftErrors } from './bot-draft.ts';
import styles from './bot-form.module.css';
import { type BotSettingsDraft, SETTING_FIELDS, type SettingField } from './bot-settings-draft.ts';

const cx = bindClassNames(styles);

export interface BotSettingsFieldsProps {
  readonly settings: BotSettingsDraft;
  readonly errors: DraftErrors;
  /** The instrument's quote currency. */
  readonly currency: string;
  /** The bot runs: what changes how its orders are executed waits for it to stop. */
  readonly isFixed: boolean;
  readonly onChange: (settings: BotSettingsDraft) => void;
}

const FIXED_WHILE_RUNNING: ReadonlySet<SettingField> = new Set([
  ...(['latencyMs', 'slippageBps', 'leverage'] as const),
]);

/** How it trades beside its strategy: execution, limits, hours. */
export function BotSettingsFields(props: BotSettingsFieldsProps) {
  const { settings, errors, currency, isFixed, onChange } = props;
  const { t } = useTranslation('bots');
  const units: Partial<Record<SettingField, string>> = {
    ...{ latencyMs: 'ms', slippageBps: 'bps', leverage: '×' },
    ...{ maxPositionValue: currency, maxOrderValue: currency, maxDailyLoss: currency },
  };
  return (
    <details className={cx('more')} data-testid="bot-form-more">
      <summary>{t('settings.title')}</summary>
      <div className={cx('group')}>
        {SETTING_FIELDS.map((name) => (
          <Field
            key={name}
            label={t(`settings.${name}.label`)}
            hint={t(`settings.${name}.hint`)}
            unit={units[name] ?? ''}
            inputMode="decimal"
            testId={`bot-field-${name}`}
            disabled={isFixed && FIXED_WHILE_RUNNING.has(name)}
            value={settings[name]}
            error={errors[name] ?? null}
            onChange={({ target }) => onChange({ ...settings, [name]: target.value })}
          />
        ))}
        <SelectField
          label={t('settings.atDailyLoss.label')}
          testId="bot-field-atDailyLoss"
          value={settings.atDailyLoss}
          onChange={(value) => onChange({ ...settings, atDailyLoss: value as DailyLossAction })}
        >
          {DAILY_LOSS_ACTIONS.map((action) => (
            <option key={action} value={action}>
              {t(`settings.atDailyLoss.${action}`)}
            </option>
          ))}
        </SelectField>
      </div>
      <ScheduleFields {...{ settings, errors, onChange }} />
    </details>
  );
}

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

function ScheduleFields({
  settings,
  errors,
  onChange,
}: Pick<BotSettingsFieldsProps, 'settings' | 'errors' | 'onChange'>) {
  const { t } = useTranslation('bots');
  const { isScheduled, days } = settings;
  const toggle = (day: number) =>
    onChange({
      ...settings,
      days: days.includes(day) ? days.filter((one) => one !== day) : [...days, day],
    });
  return (
    <fieldset className={cx('schedule')}>
      <label>
        <input
          type="checkbox"
          data-testid="bot-field-isScheduled"
          checked={isScheduled}
          onChange={({ target }) => onChange({ ...settings, isScheduled: target.checked })}
        />{' '}
        {t('settings.schedule.only')}
      </label>
      {isScheduled && (
        <>
          <span className={cx('days')}>
            {DAYS.map((name, day) => (
              <label key={name}>
                <input type="checkbox" checked={days.includes(day)} onChange={() => toggle(day)} />{' '}
                {t(`settings.schedule.${name}`)}
              </label>
            ))}
          </span>
          {errors['days'] !== undefined && (
            <span className={cx('error')} role="alert">
              {errors['days']}
            </span>
          )}
          <span className={cx('group')}>
            {(['from', 'to', 'timeZone'] as const).map((name) => (
              <Field
                key={name}
                label={t(`settings.schedule.${name}`)}
                value={settings[name]}
                error={errors[name] ?? null}
                testId={`bot-field-${name}`}
                onChange={({ target }) => onChange({ ...settings, [name]: target.value })}
              />
            ))}
          </span>
        </>
      )}
    </fieldset>
  );
}
