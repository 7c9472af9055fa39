import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  DAILY_LOSS_ACTIONS,
  type DailyLossAction,
  NO_LIMITS,
  type RiskLimits,
} from '#domain/risk-limits.ts';
import { useActions } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { Field, SelectField } from '../../ui/field.tsx';
import { useCommand } from '../../ui/use-command.ts';
import {
  checkedLimits,
  isLimited,
  LIMIT_FIELDS,
  type LimitField,
  type LimitsDraft,
  limitChanges,
  limitErrors,
  limitsDraft,
  VALUE_LIMITS,
} from '../bots/limits-draft.ts';
import { type CurrencyRisk, limitUse } from './limit-use.ts';
import styles from './risk-limits.module.css';

const cx = bindClassNames(styles);

const isValue = (name: LimitField): boolean => VALUE_LIMITS.some((value) => value === name);

/** The limits of one currency, checked as they are typed, and kept by a button: half of one is none. */
export function CurrencyLimits({ risk }: { readonly risk: CurrencyRisk }) {
  const { currency, limits } = risk;
  const { t } = useTranslation('risk');
  const { t: ofBots } = useTranslation('bots');
  const { risk: commands } = useActions();
  const { isBusy, error, run } = useCommand();
  // Of what is not being changed here, what another window has changed meanwhile is shown.
  const [typed, setTyped] = useState<Partial<LimitsDraft>>({});
  const kept = limits ?? NO_LIMITS;
  const draft: LimitsDraft = { ...limitsDraft(kept), ...typed };
  const errors = new Map(limitErrors(draft));
  const isWrong = [...errors.values()].some((one) => one !== null);
  const wanted = isWrong ? kept : checkedLimits(draft);
  const changes = limitChanges(kept, wanted);
  const isChanged = Object.keys(changes).length > 0;
  const keep = async (next: Partial<RiskLimits> | null) => {
    if (await run(() => commands.setLimits(currency, next))) setTyped({});
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isWrong && isChanged) void keep(isLimited(wanted) ? changes : null);
  };
  return (
    <form className={cx('currency')} onSubmit={submit} data-testid={`risk-${currency}`}>
      <h4 className={cx('name')}>{currency}</h4>
      <div className={cx('fields')}>
        {LIMIT_FIELDS.map((name) => (
          <div key={name}>
            <Field
              label={ofBots(`settings.${name}.label`)}
              hint={ofBots(`settings.${name}.hint`)}
              unit={isValue(name) ? currency : ''}
              inputMode="decimal"
              placeholder={t('limits.none')}
              testId={`risk-${currency}-${name}`}
              value={draft[name]}
              error={errors.get(name) ?? null}
              onChange={({ target }) => setTyped({ ...typed, [name]: target.value })}
            />
            <Use name={name} risk={risk} />
          </div>
        ))}
        <SelectField
          label={ofBots('settings.atDailyLoss.label')}
          testId={`risk-${currency}-atDailyLoss`}
          value={draft.atDailyLoss}
          onChange={(action) => setTyped({ ...typed, atDailyLoss: action as DailyLossAction })}
        >
          {DAILY_LOSS_ACTIONS.map((action) => (
            <option key={action} value={action}>
              {ofBots(`settings.atDailyLoss.${action}`)}
            </option>
          ))}
        </SelectField>
      </div>
      <div className={cx('actions')}>
        {error !== null && (
          <span className={cx('error')} role="alert">
            {error}
          </span>
        )}
        <Button
          variant="quiet"
          disabled={isBusy || limits === null}
          testId={`risk-${currency}-clear`}
          onClick={() => void keep(null)}
        >
          {t('limits.clear')}
        </Button>
        <Button
          variant="accent"
          type="submit"
          disabled={isBusy || isWrong || !isChanged}
          testId={`risk-${currency}-keep`}
        >
          {t('limits.keep')}
        </Button>
      </div>
    </form>
  );
}

interface UseProps {
  readonly name: LimitField;
  readonly risk: CurrencyRisk;
}

/** Said in words as well: colour is never the only sign. */
function Use({ name, risk }: UseProps) {
  const { t } = useTranslation('risk');
  const use = limitUse(name, risk);
  if (use === null) return null;
  const { text, share } = use;
  const isReached = share !== null && share >= 1;
  return (
    <p
      className={cx('use', isReached && 'reached')}
      data-testid={`risk-${risk.currency}-${name}-use`}
    >
      {share === null
        ? t('limits.now', { used: text })
        : t(isReached ? 'limits.nowReached' : 'limits.nowOf', {
            used: text,
            percent: Math.round(share * 100),
          })}
    </p>
  );
}
