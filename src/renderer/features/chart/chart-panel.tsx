import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import {
  useInstrument,
  useInstruments,
  useIsGone,
  useNotLive,
  useSelection,
  useShortcutTexts,
} from '../../app/app-context.ts';
import { OpenedPart } from '../../app/opened-part.tsx';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { fetched } from '../../ui/fetched.ts';
import { Panel } from '../../ui/panel.tsx';
import styles from './chart.module.css';
import { type ChartKeyName, chartKeyCommandId } from './chart-keys.ts';
import { ChartMenu } from './chart-menu.tsx';
import { ChartOverlay } from './chart-overlay.tsx';
import type { ChartSettingsStore } from './settings/chart-settings.ts';
import { useChartSettings } from './settings/use-chart-settings.ts';
import { ChartToolbar } from './toolbar/chart-toolbar.tsx';
import { DrawingRail } from './toolbar/drawing-rail.tsx';
import { type ShownDialog, useChart } from './use-chart.ts';

const cx = bindClassNames(styles);

const IndicatorDialog = fetched(
  async () => (await import('./indicators/indicator-dialog.tsx')).default,
);
const CompareDialog = fetched(async () => (await import('./compare/compare-dialog.tsx')).default);

const LEGEND = ['open', 'high', 'low', 'close', 'change', 'volume', 'trades'] as const;

/** The bars of the selected instrument with indicators, drawings, and what our bots did. */
export function ChartPanel() {
  const { t } = useTranslation('chart');
  const { selectedInstrumentId } = useSelection();
  const instrument = useInstrument(selectedInstrumentId);
  const isGone = useIsGone(selectedInstrumentId);
  const notLive = useNotLive(selectedInstrumentId);
  const settings = useChartSettings();
  const interval = useStore(settings, (state) => state.interval);
  const [dialog, setDialog] = useState<ShownDialog | null>(null);
  const rootRef = useRef<HTMLDivElement>(null);
  const chart = useChart({ rootRef, instrument, settings, interval, onDialog: setDialog });
  const symbol = instrument?.symbol;
  return (
    <Panel
      title={symbol ?? t('chart')}
      header={
        <ChartToolbar
          settings={settings}
          onIndicators={() => setDialog({ kind: 'indicators', id: null })}
          onCompare={() => setDialog({ kind: 'compare' })}
          onScreenshot={chart.saveScreenshot}
        />
      }
      notLive={notLive}
    >
      <div ref={rootRef} className={cx('root')} data-testid="chart" data-interval={interval}>
        <div className={cx('head')}>
          <dl className={cx('legend')} data-part="legend" hidden={isGone}>
            {LEGEND.map((cell) => (
              <div key={cell}>
                {cell !== 'change' && <dt>{t(`cell.${cell}`)}</dt>}
                <dd data-cell={cell} />
              </div>
            ))}
          </dl>
          <a
            className={cx('attribution')}
            href="https://www.tradingview.com/"
            target="_blank"
            rel="noreferrer"
          >
            {t('attribution')}
          </a>
        </div>
        <DrawingRail status={chart.drawings} commands={chart.drawingCommands} />
        <Plot symbol={symbol} onKeyDown={chart.onKeyDown}>
          <ChartOverlay
            hasInstrument={selectedInstrumentId !== null}
            isGone={isGone}
            state={chart.state}
            onRetry={chart.retry}
          />
          {chart.problem !== null && (
            <p className={cx('problem')} role="alert">
              {chart.problem}
              <Button variant="quiet" aria-label={t('dialog.close')} onClick={chart.forgetProblem}>
                ×
              </Button>
            </p>
          )}
          {chart.menu !== null && instrument !== undefined && (
            <ChartMenu
              {...chart.menu}
              priceIncrement={instrument.priceIncrement}
              commands={chart.menuCommands}
            />
          )}
        </Plot>
      </div>
      {dialog !== null && (
        <OpenedPart onClose={() => setDialog(null)}>
          {dialog.kind === 'indicators' ? (
            <IndicatorDialog
              settings={settings}
              editedId={dialog.id}
              onClose={() => setDialog(null)}
            />
          ) : (
            <ComparedInstruments settings={settings} onClose={() => setDialog(null)} />
          )}
        </OpenedPart>
      )}
    </Panel>
  );
}

/** Of the keys that the chart's description names, which are told together. */
const DESCRIBED = {
  move: ['left', 'right', 'up', 'down'],
  place: ['place'],
  select: ['selectPrevious', 'selectNext'],
  remove: ['remove'],
  zoom: ['zoomIn', 'zoomOut'],
  menu: ['menu'],
} as const satisfies Readonly<Record<string, readonly ChartKeyName[]>>;

/** The keys as they are now, by the blanks of the description. */
function useKeyTexts(): Readonly<Record<keyof typeof DESCRIBED, string>> {
  const textOf = useShortcutTexts();
  const told = (names: readonly ChartKeyName[]) =>
    names.map((name) => textOf(chartKeyCommandId(name)) ?? '–').join(' ');
  return {
    ...{ move: told(DESCRIBED.move), place: told(DESCRIBED.place) },
    ...{ select: told(DESCRIBED.select), remove: told(DESCRIBED.remove) },
    ...{ zoom: told(DESCRIBED.zoom), menu: told(DESCRIBED.menu) },
  };
}

interface PlotProps {
  readonly symbol: string | undefined;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly children: ReactNode;
}

/** The elements that the chart draws in, and what lies over them. */
function Plot({ symbol, onKeyDown, children }: PlotProps) {
  const { t } = useTranslation('chart');
  const keysId = useId();
  const keyTexts = useKeyTexts();
  return (
    <div className={cx('plot')}>
      <div
        className={cx('canvas')}
        data-part="canvas"
        data-testid="chart-canvas"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes the keys that its description names
        tabIndex={0}
        aria-label={symbol === undefined ? t('chart') : t('chartOf', { symbol })}
        aria-describedby={keysId}
        onKeyDown={onKeyDown}
      />
      <p id={keysId} className={cx('unseen')}>
        {t('keys', keyTexts)}
      </p>
      <div className={cx('unseen')} role="status" aria-live="polite" data-part="said" />
      <div className={cx('seriesLegend')} data-part="series-legend" />
      <div className={cx('tooltip')} data-part="tooltip" data-testid="chart-tooltip" />
      {children}
    </div>
  );
}

interface ComparedInstrumentsProps {
  readonly settings: ChartSettingsStore;
  readonly onClose: () => void;
}

function ComparedInstruments({ settings, onClose }: ComparedInstrumentsProps) {
  const { selectedInstrumentId } = useSelection();
  const watchlist = useInstruments((state) => state.watchlist);
  const others = (watchlist ?? []).filter(({ id }) => id !== selectedInstrumentId);
  return <CompareDialog settings={settings} instruments={others} onClose={onClose} />;
}
