import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RateLimit } from '#contract/hub-limits.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { RATE_FIELDS, type RateDraft, rateDraft, readRate } from './rate-draft.ts';
import styles from './settings.module.css';

const cx = bindClassNames(styles);

export interface RateFieldProps {
  /** Of the first of its inputs. */
  readonly id: string;
  /** What is limited by it. */
  readonly label: string;
  readonly value: RateLimit;
  readonly onChange: (rate: RateLimit) => void;
}

/** So many in so many seconds, and besides so many more at once: checked as typed, kept when it is left. */
export function RateField({ id, label, value, onChange }: RateFieldProps) {
  const { t } = useTranslation('settings');
  const initial = rateDraft(value);
  const [draft, setDraft] = useState(initial);
  const read = readRate(draft);
  const isChanged = RATE_FIELDS.some((field) => draft[field].trim() !== initial[field]);
  const keep = () => {
    if (read.ok && isChanged) onChange(read.value);
  };
  const input = (field: keyof RateDraft) => (
    <input
      id={field === 'count' ? id : undefined}
      className={cx('short')}
      inputMode="decimal"
      aria-label={t(`limits.fields.${field}`, { name: label })}
      aria-describedby={`${id}-hint ${id}-problem`}
      aria-invalid={!read.ok}
      placeholder="–"
      value={draft[field]}
      onChange={({ target }) => setDraft({ ...draft, [field]: target.value })}
      onKeyDown={({ key }) => {
        if (key === 'Enter') keep();
      }}
    />
  );
  return (
    <fieldset
      className={cx('control', 'number')}
      onBlur={({ currentTarget, relatedTarget }) => {
        // Going on to the next number of the same rate, one has not said all yet.
        if (!currentTarget.contains(relatedTarget)) keep();
      }}
    >
      <span className={cx('span')}>
        {input('count')} {t('limits.within')} {input('seconds')} {t('limits.seconds')}
      </span>
      <span className={cx('span')}>
        {input('burstCount')} {t('limits.moreWithin')} {input('burstSeconds')} {t('limits.seconds')}
      </span>
      <span id={`${id}-problem`} className={cx('problem')} role={read.ok ? undefined : 'alert'}>
        {read.ok ? null : read.error.message}
      </span>
    </fieldset>
  );
}
