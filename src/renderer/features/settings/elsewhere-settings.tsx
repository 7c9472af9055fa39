import { useTranslation } from 'react-i18next';
import { useActions } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import type { PanelKind } from '../../workspace/panel-kinds.ts';
import styles from './settings.module.css';
import { hasWords } from './settings-list.ts';

const cx = bindClassNames(styles);

/** What is set in a panel, or null: by a file or a command, as its words say. */
const ELSEWHERE = {
  alertDelivery: 'alerts',
  feeds: 'feeds',
  chart: 'chart',
  tape: 'tape',
  tokens: null,
  exchanges: null,
} as const satisfies Readonly<Record<string, PanelKind | null>>;
const NAMES = Object.keys(ELSEWHERE) as (keyof typeof ELSEWHERE)[];

/** Where that is set which stands beside what it is about: who looks for it here is led there. */
export function ElsewhereSettings({ query }: { readonly query: string }) {
  const { t } = useTranslation('settings');
  const { t: ofWorkspace } = useTranslation('workspace');
  const { showPanel } = useActions();
  const found = NAMES.filter((name) =>
    hasWords(`${t(`elsewhere.${name}.label`)} ${t(`elsewhere.${name}.hint`)}`, query),
  );
  if (found.length === 0) return null;
  return (
    <section aria-label={t('elsewhereTitle')} data-testid="settings-elsewhere">
      <h3 className={cx('heading')}>{t('elsewhereTitle')}</h3>
      {found.map((name) => {
        const kind = ELSEWHERE[name];
        return (
          <div key={name} className={cx('row')} data-testid={`elsewhere-${name}`}>
            <div className={cx('words', kind === null && 'whole')}>
              <span>{t(`elsewhere.${name}.label`)}</span>
              <p>{t(`elsewhere.${name}.hint`)}</p>
            </div>
            {kind !== null && (
              <Button onClick={() => showPanel(kind)} testId={`elsewhere-open-${name}`}>
                {t('openPanel', { panel: ofWorkspace(`panels.${kind}`) })}
              </Button>
            )}
          </div>
        );
      })}
    </section>
  );
}
