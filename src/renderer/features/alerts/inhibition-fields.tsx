import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlertInhibition, AlertLabel } from '#domain/alert.ts';
import type { AlertConditionKind } from '#domain/alert-rule.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { SelectField } from '../../ui/field.tsx';
import styles from './alerts.module.css';
import { RULE_FIELDS } from './rule-draft.ts';
import { usePolicyWords } from './use-policy-words.ts';

const cx = bindClassNames(styles);
const KINDS = Object.keys(RULE_FIELDS) as AlertConditionKind[];
/** What two alerts may have in common, so that the one says all of the other. */
const COMMON = ['exchange', 'instrument', 'bot'] as const satisfies readonly AlertLabel[];
const ANYTHING = '';
/** As many as the hub keeps. */
const MOST_INHIBITIONS = 32;

export interface InhibitionFieldsProps {
  readonly inhibitions: readonly AlertInhibition[];
  readonly onChange: (inhibitions: readonly AlertInhibition[]) => void;
}

/** Which alerts keep which others from being told, while they fire. */
export function InhibitionFields({ inhibitions, onChange }: InhibitionFieldsProps) {
  const { t } = useTranslation('alerts');
  const words = usePolicyWords();
  return (
    <fieldset className={cx('choice', 'across')}>
      <legend className={cx('legend')}>{t('policy.field.inhibitions')}</legend>
      <ul className={cx('inhibitions')}>
        {inhibitions.map((one) => {
          const said = words.inhibition(one);
          return (
            <li key={said} data-testid="inhibition">
              <span>{said}</span>
              <Button
                variant="quiet"
                testId="inhibition-remove"
                aria-label={t('policy.removeOne', { inhibition: said })}
                onClick={() => onChange(inhibitions.filter((other) => other !== one))}
              >
                {t('rule.remove')}
              </Button>
            </li>
          );
        })}
      </ul>
      {inhibitions.length < MOST_INHIBITIONS && (
        <NewInhibition
          onAdd={(one) => {
            const isThere = inhibitions.some(
              (other) => words.inhibition(other) === words.inhibition(one),
            );
            if (!isThere) onChange([...inhibitions, one]);
          }}
        />
      )}
    </fieldset>
  );
}

function NewInhibition({ onAdd }: { readonly onAdd: (inhibition: AlertInhibition) => void }) {
  const { t } = useTranslation('alerts');
  const [source, setSource] = useState<string>('feedStale');
  const [target, setTarget] = useState<string>('drawdown');
  const [common, setCommon] = useState<string>('exchange');
  const kindOptions = KINDS.map((kind) => (
    <option key={kind} value={kind}>
      {t(`kind.${kind}`)}
    </option>
  ));
  return (
    <div className={cx('newInhibition')}>
      <SelectField
        label={t('policy.while')}
        value={source}
        testId="inhibition-source"
        onChange={setSource}
      >
        {kindOptions}
      </SelectField>
      <SelectField
        label={t('policy.keepQuiet')}
        value={target}
        testId="inhibition-target"
        onChange={setTarget}
      >
        {kindOptions}
      </SelectField>
      <SelectField
        label={t('policy.ofSame')}
        value={common}
        testId="inhibition-common"
        onChange={setCommon}
      >
        {COMMON.map((label) => (
          <option key={label} value={label}>
            {t(`label.${label}`)}
          </option>
        ))}
        <option value={ANYTHING}>{t('policy.anything')}</option>
      </SelectField>
      <Button
        testId="inhibition-add"
        disabled={source === target && common === ANYTHING}
        onClick={() =>
          onAdd({
            source: { kind: source },
            target: { kind: target },
            equal: COMMON.filter((label) => label === common),
          })
        }
      >
        {t('policy.add')}
      </Button>
    </div>
  );
}
