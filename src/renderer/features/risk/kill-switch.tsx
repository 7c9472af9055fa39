import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Result } from '#contract/errors.ts';
import { useActions, useShortcutText, useStores } from '../../app/app-context.ts';
import { sayRefusal } from '../../app/say-refusal.ts';
import { useHubWords } from '../../i18n/hub-words.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatClock } from '../../ui/format.ts';
import { useCommand } from '../../ui/use-command.ts';
import styles from './kill-switch.module.css';

const cx = bindClassNames(styles);

/**
 * One click cancels all orders and stops all bots; what it did stands beside it until it is released. It can
 * be pressed without a hub, too: it says then that nothing was done.
 */
export function KillSwitch() {
  const { t } = useTranslation('risk');
  const { risk } = useActions();
  const { risk: store, notices } = useStores();
  const engaged = useStore(store, (state) => state.risk?.killSwitch ?? null);
  const words = useHubWords();
  const keys = useShortcutText('risk.kill');
  const { isBusy: disabled, run } = useCommand();
  const order = (work: () => Promise<Result<unknown>>) => () =>
    void run(() => sayRefusal({ notices }, work()));
  return (
    <div className={cx('switch', engaged !== null && 'engaged')} data-testid="kill-switch">
      {engaged === null ? (
        <Button
          variant="danger"
          disabled={disabled}
          testId="kill"
          title={t('explained', { keys: keys ?? '' })}
          onClick={order(() => risk.kill(false))}
        >
          {t('kill')}
        </Button>
      ) : (
        <>
          <span role="status" title={words(engaged.reason)}>
            {t(engaged.flatten ? 'engagedFlat' : 'engaged', {
              time: formatClock(engaged.engagedTime),
            })}
          </span>
          {!engaged.flatten && (
            <Button
              variant="quiet"
              disabled={disabled}
              testId="kill-flatten"
              title={t('flattenExplained')}
              onClick={order(() => risk.kill(true))}
            >
              {t('flatten')}
            </Button>
          )}
          <Button
            disabled={disabled}
            testId="kill-release"
            title={t('releaseExplained')}
            onClick={order(() => risk.release())}
          >
            {t('release')}
          </Button>
        </>
      )}
    </div>
  );
}
