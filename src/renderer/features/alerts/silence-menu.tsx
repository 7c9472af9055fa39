import { useTranslation } from 'react-i18next';
import type { Alert } from '#domain/alert.ts';
import { useActions } from '../../app/app-context.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import type { useCommand } from '../../ui/use-command.ts';
import styles from './alerts.module.css';
import { SILENCE_DURATIONS, silenceOfAlert } from './silence-request.ts';

const cx = bindClassNames(styles);

interface SilenceMenuProps {
  readonly alert: Alert;
  readonly run: ReturnType<typeof useCommand>['run'];
}

/** Silences the rule about this very thing, for as long as is chosen. */
export function SilenceMenu({ alert, run }: SilenceMenuProps) {
  const { t } = useTranslation('alerts');
  const { alerts: commands } = useActions();
  const silence = (durationMs: number) =>
    void run(() => commands.silence(silenceOfAlert(alert, durationMs)));
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
      {SILENCE_DURATIONS.map(({ key, ms }) => (
        <option key={key} value={ms}>
          {t(`silence.duration.${key}`)}
        </option>
      ))}
    </select>
  );
}
