import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Instrument } from '#domain/instrument.ts';
import { bindClassNames } from '../../../ui/class-names.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { isTickInterval } from '../bars/chart-interval.ts';
import styles from '../dialog.module.css';
import { type ChartSettingsStore, MOST_COMPARED } from '../settings/chart-settings.ts';

const cx = bindClassNames(styles);

interface CompareDialogProps {
  readonly settings: ChartSettingsStore;
  /** Those that the chart's own can be compared with. */
  readonly instruments: readonly Instrument[];
  readonly onClose: () => void;
}

/** Chooses the instruments whose changes are drawn beside. Loaded when it is opened. */
export default function CompareDialog({ settings, instruments, onClose }: CompareDialogProps) {
  const { t } = useTranslation('chart');
  const { compared, interval } = useStore(settings);
  const isFull = compared.length >= MOST_COMPARED;
  return (
    <Dialog title={t('compareDialog.title')} testId="compare-dialog" onClose={onClose}>
      {isTickInterval(interval) && <p className={cx('note')}>{t('compareDialog.ticks')}</p>}
      {instruments.length === 0 && <p className={cx('note')}>{t('compareDialog.none')}</p>}
      <ul className={cx('list')}>
        {instruments.map(({ id, symbol, exchange }) => {
          const isChosen = compared.includes(id);
          return (
            <li key={id}>
              <label className={cx('choice')}>
                <input
                  type="checkbox"
                  checked={isChosen}
                  disabled={isFull && !isChosen}
                  data-testid={`compare-${id}`}
                  onChange={() =>
                    settings.setState({
                      compared: isChosen ? compared.filter((one) => one !== id) : [...compared, id],
                    })
                  }
                />
                {symbol}
                <span className={cx('dim')}>{exchange}</span>
              </label>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
