import { useTranslation } from 'react-i18next';
import { ALERT_LABELS, type AlertLabel } from '#domain/alert.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { Field } from '../../ui/field.tsx';
import styles from './alerts.module.css';
import { InhibitionFields } from './inhibition-fields.tsx';
import type { PolicyDraft, PolicyErrors, PolicyField } from './policy-draft.ts';

const cx = bindClassNames(styles);

export interface PolicyFieldsProps {
  readonly draft: PolicyDraft;
  readonly errors: PolicyErrors;
  readonly onChange: (draft: PolicyDraft) => void;
}

export function PolicyFields({ draft, errors, onChange }: PolicyFieldsProps) {
  const { t } = useTranslation('alerts');
  const set = (changes: Partial<PolicyDraft>) => onChange({ ...draft, ...changes });
  const numberField = (field: PolicyField, unit: 'seconds' | 'minutes') => (
    <Field
      label={t(`policy.field.${field}`)}
      hint={t(`policy.hint.${field}`)}
      unit={t(`unit.${unit}`)}
      value={draft[field]}
      inputMode="decimal"
      testId={`policy-${field}`}
      error={errors[field] === undefined ? null : t(`problem.${errors[field]}`)}
      onChange={({ target }) => set({ [field]: target.value })}
    />
  );
  return (
    <div className={cx('fields')}>
      {numberField('waitSeconds', 'seconds')}
      {numberField('intervalSeconds', 'seconds')}
      {numberField('repeatMinutes', 'minutes')}
      {draft.escalates && numberField('escalateMinutes', 'minutes')}
      <span className={cx('checks', 'across')}>
        <label className={cx('check')}>
          <input
            type="checkbox"
            checked={draft.escalates}
            data-testid="policy-escalates"
            onChange={({ target }) => set({ escalates: target.checked })}
          />
          {t('policy.field.escalates')}
        </label>
        <label className={cx('check')}>
          <input
            type="checkbox"
            checked={draft.tellResolved}
            onChange={({ target }) => set({ tellResolved: target.checked })}
          />
          {t('policy.field.tellResolved')}
        </label>
      </span>
      <LabelChoice
        legend={t('policy.field.groupBy')}
        labels={draft.groupBy}
        onChange={(groupBy) => set({ groupBy })}
      />
      <InhibitionFields
        inhibitions={draft.inhibitions}
        onChange={(inhibitions) => set({ inhibitions })}
      />
    </div>
  );
}

interface LabelChoiceProps {
  readonly legend: string;
  readonly labels: readonly AlertLabel[];
  readonly onChange: (labels: readonly AlertLabel[]) => void;
}

function LabelChoice({ legend, labels, onChange }: LabelChoiceProps) {
  const { t } = useTranslation('alerts');
  return (
    <fieldset className={cx('choice', 'across')}>
      <legend className={cx('legend')}>{legend}</legend>
      <span className={cx('checks')}>
        {ALERT_LABELS.map((label) => (
          <label key={label} className={cx('check')}>
            <input
              type="checkbox"
              checked={labels.includes(label)}
              data-testid={`policy-group-${label}`}
              onChange={({ target }) =>
                onChange(
                  target.checked ? [...labels, label] : labels.filter((one) => one !== label),
                )
              }
            />
            {t(`label.${label}`)}
          </label>
        ))}
      </span>
    </fieldset>
  );
}
