import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { bindClassNames } from '../../../ui/class-names.ts';
import { CHART_KINDS } from '../plot/chart-kinds.ts';
import { VOLUME_KINDS } from '../plot/volume-kinds.ts';
import type { ChartSettingsStore } from '../settings/chart-settings.ts';
import { Icon } from './icon.tsx';
import { IntervalPicker } from './interval-picker.tsx';
import styles from './toolbar.module.css';

const cx = bindClassNames(styles);

export interface ChartToolbarProps {
  readonly settings: ChartSettingsStore;
  readonly onIndicators: () => void;
  readonly onCompare: () => void;
  readonly onScreenshot: () => void;
}

/** What the chart shows and how; words give way to signs where it is narrow. */
export function ChartToolbar(props: ChartToolbarProps) {
  const { settings, onIndicators, onCompare, onScreenshot } = props;
  const { t } = useTranslation('chart');
  const { interval, kind, volume, isLogarithmic, indicators, compared } = useStore(settings);
  return (
    <div className={cx('frame')}>
      <div className={cx('toolbar')} role="toolbar" aria-label={t('toolbar.name')}>
        <IntervalPicker
          interval={interval}
          onChange={(next) => settings.setState({ interval: next })}
        />
        <select
          className={cx('select')}
          aria-label={t('toolbar.kind')}
          data-testid="chart-kind"
          value={kind}
          onChange={({ target }) => {
            const chosen = CHART_KINDS.find((one) => one === target.value);
            if (chosen !== undefined) settings.setState({ kind: chosen });
          }}
        >
          {CHART_KINDS.map((one) => (
            <option key={one} value={one}>
              {t(`kind.${one}`)}
            </option>
          ))}
        </select>
        <select
          className={cx('select', 'volumeSelect')}
          aria-label={t('toolbar.volume')}
          data-testid="chart-volume"
          value={volume}
          onChange={({ target }) => {
            const chosen = VOLUME_KINDS.find((one) => one === target.value);
            if (chosen !== undefined) settings.setState({ volume: chosen });
          }}
        >
          {VOLUME_KINDS.map((one) => (
            <option key={one} value={one}>
              {t(`volume.${one}`)}
            </option>
          ))}
        </select>
        <button
          type="button"
          className={cx('button', isLogarithmic && 'pressed')}
          aria-pressed={isLogarithmic}
          title={t('toolbar.logarithmic')}
          data-testid="chart-log"
          onClick={() => settings.setState({ isLogarithmic: !isLogarithmic })}
        >
          {t('toolbar.log')}
        </button>
        <ToolbarButton
          icon="indicators"
          label={t('toolbar.indicators')}
          count={indicators.length}
          testId="chart-indicators"
          onClick={onIndicators}
        />
        <ToolbarButton
          icon="compare"
          label={t('toolbar.compare')}
          count={compared.length}
          testId="chart-compare"
          onClick={onCompare}
        />
        <button
          type="button"
          className={cx('button')}
          title={t('toolbar.screenshot')}
          aria-label={t('toolbar.screenshot')}
          data-testid="chart-screenshot"
          onClick={onScreenshot}
        >
          <Icon name="camera" />
        </button>
      </div>
    </div>
  );
}

interface ToolbarButtonProps {
  readonly icon: 'indicators' | 'compare';
  readonly label: string;
  readonly count: number;
  readonly testId: string;
  readonly onClick: () => void;
}

const ToolbarButton = ({ icon, label, count, testId, onClick }: ToolbarButtonProps) => (
  <button
    type="button"
    className={cx('button')}
    title={label}
    aria-haspopup="dialog"
    data-testid={testId}
    onClick={onClick}
  >
    <Icon name={icon} />
    <span className={cx('word')}>{label}</span>
    {count > 0 && <span className={cx('count')}>{count}</span>}
  </button>
);
