import { useTranslation } from 'react-i18next';
import type { Alert } from '#domain/alert.ts';
import { useActions } from '../../app/app-context.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import type { useCommand } from '../../ui/use-command.ts';
import styles from './alerts.module.css';

const cx = bindClassNames(styles);
const MINUTE_MS = 60_000;
const DURATIONS = [
  { key: 'quarter', ms: 15 * MINUTE_MS },
  { key: 'hour', ms: 60 * MINUTE_MS },
  { key: 'workday', ms: 8 * 60 * MINUTE_MS },
  { key: 'day', ms: 24 * 60 * MINUTE_MS },
] as const;

interface SilenceMenuProps {
  readonly alert: Alert;
  readonly run: ReturnType<typeof useCommand>['run'];
}

/** Silences the rule about this very thing, for as long as is chosen. */
export function SilenceMenu({ alert, run }: SilenceMenuProps) {
  const { t } = useTranslation('alerts');
  const { alerts: commands } = useActions();
  const silence = (durationMs: number) => {
    const { rule, instrument, bot, feed } = alert.labels;
    const matchers = {
      ...(rule !== undefined && { rule }),
      ...(instrument !== undefined && { instrument }),
      ...(bot !== undefined && { bot }),
      ...(feed !== undefined && { feed }),
    };
    void run(() => commands.silence({ matchers, durationMs, comment: alert.ruleName }));
  };
  return (
    <select
      className={cx('menu')}
      data-testid="silence"
      aria-label={t('silence.one', { rule: alert.ruleName })}
      value=""
      onChange={({ target }) => silence(Number(target.value))}
    >
      <option value="" disabled>
        {t('silence.for')}
      </option>
      {DURATIONS.map(({ key, ms }) => (
        <option key={key} value={ms}>
          {t(`silence.duration.${key}`)}
        </option>
      ))}
    </select>
  );
}
