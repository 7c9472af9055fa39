import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Alert } from '#domain/alert.ts';
import { useActions, useAlerts } from '../../app/app-context.ts';
import { mergeAlerts } from '../../stores/alert-store.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { AlertTable } from './alert-table.tsx';
import styles from './alerts.module.css';

const cx = bindClassNames(styles);

interface OlderPages {
  readonly items: readonly Alert[];
  /** Null where there is nothing older. */
  readonly nextBefore: string | null;
}

/** What has fired, newest first; older pages are asked for. */
export function AlertHistory() {
  const { t } = useTranslation('alerts');
  const { alerts: commands } = useActions();
  const recent = useAlerts((state) => state.alerts);
  const [older, setOlder] = useState<OlderPages>({ items: [], nextBefore: null });
  const load = useCallback(
    async (before: string | null) => {
      const reply = await commands.history(before);
      if (!reply.ok) return;
      const { items, nextBefore } = reply.value;
      setOlder((state) => ({
        items: before === null ? items : [...state.items, ...items],
        nextBefore,
      }));
    },
    [commands],
  );
  useEffect(() => void load(null), [load]);
  const all = useMemo(() => {
    const known = new Set(recent.map(({ id }) => id));
    return [...mergeAlerts(recent, []), ...older.items.filter(({ id }) => !known.has(id))];
  }, [recent, older]);
  if (all.length === 0) return <EmptyState text={t('history.empty')} />;
  return (
    <div className={cx('list')}>
      <AlertTable label={t('tabs.history')} alerts={all} testId="alert-history" />
      {older.nextBefore !== null && (
        <div className={cx('bar')}>
          <Button testId="older-alerts" onClick={() => void load(older.nextBefore)}>
            {t('history.older')}
          </Button>
        </div>
      )}
    </div>
  );
}
