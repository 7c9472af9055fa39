import { useTranslation } from 'react-i18next';
import type { Severity } from '#domain/notification.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import styles from './alerts.module.css';

const cx = bindClassNames(styles);

/** Their form tells them apart as well as their colour. */
const SIGNS: Readonly<Record<Severity, string>> = { info: '●', warning: '▲', critical: '■' };

export function SeverityBadge({ severity }: { readonly severity: Severity }) {
  const { t } = useTranslation('alerts');
  return (
    <span className={cx('severity', severity)}>
      <span aria-hidden="true">{SIGNS[severity]}</span> {t(`severity.${severity}`)}
    </span>
  );
}
