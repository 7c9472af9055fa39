import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { invariant } from '#domain/assert.ts';
import type { CandleInterval } from '#domain/candle.ts';
import type { Instrument } from '#domain/instrument.ts';
import {
  useHubClient,
  useInstrument,
  useNotLive,
  useSelection,
  useStores,
} from '../../app/app-context.ts';
import { frameBatcher } from '../../stores/frame-batcher.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { Panel } from '../../ui/panel.tsx';
import { CandleChart } from './candle-chart.ts';
import type { CandleState } from './candle-follower.ts';
import styles from './chart.module.css';
import { ChartLegend } from './chart-legend.ts';
import { ChartOverlay } from './chart-overlay.tsx';
import { ChartSession, type ChartSurface, type DrawnChart } from './chart-session.ts';
import { onThemeChange, readChartTheme } from './chart-theme.ts';
import { FillTooltip } from './fill-tooltip.ts';
import { markFirstCandle } from './first-candle.ts';
import { IntervalPicker } from './interval-picker.tsx';

const cx = bindClassNames(styles);

const LEGEND = [
  ['O', 'open'],
  ['H', 'high'],
  ['L', 'low'],
  ['C', 'close'],
  ['', 'change'],
  ['Vol', 'volume'],
  ['Trades', 'trades'],
] as const;

/** The candles of the selected instrument with our bots' fills, orders and entries. */
export function ChartPanel() {
  const { selectedInstrumentId } = useSelection();
  const instrument = useInstrument(selectedInstrumentId);
  const notLive = useNotLive(selectedInstrumentId);
  const [interval, setInterval] = useState<CandleInterval>('1m');
  const rootRef = useRef<HTMLDivElement>(null);
  const { state, retry } = useChartSession(rootRef, instrument, interval);
  return (
    <Panel
      title={instrument === undefined ? 'Chart' : instrument.symbol}
      header={<IntervalPicker interval={interval} onChange={setInterval} />}
      notLive={notLive}
    >
      <div ref={rootRef} className={cx('root')} data-testid="chart" data-interval={interval}>
        <dl className={cx('legend')} data-part="legend">
          {LEGEND.map(([label, cell]) => (
            <div key={cell}>
              {label !== '' && <dt>{label}</dt>}
              <dd data-cell={cell} />
            </div>
          ))}
        </dl>
        <div className={cx('plot')}>
          <div className={cx('canvas')} data-part="canvas" />
          <a
            className={cx('attribution')}
            href="https://www.tradingview.com/"
            target="_blank"
            rel="noreferrer"
          >
            Charts by TradingView Lightweight Charts™
          </a>
          <div className={cx('tooltip')} data-part="tooltip" data-testid="chart-tooltip" />
          <ChartOverlay
            hasInstrument={selectedInstrumentId !== null}
            state={state}
            onRetry={retry}
          />
        </div>
      </div>
    </Panel>
  );
}

function useChartSession(
  rootRef: RefObject<HTMLDivElement | null>,
  instrument: Instrument | undefined,
  interval: CandleInterval,
) {
  const client = useHubClient();
  const { bots } = useStores();
  const { revealedFillId } = useSelection();
  const surface = useChartSurface(rootRef);
  const [session, setSession] = useState<ChartSession | null>(null);
  const [state, setState] = useState<CandleState>({ kind: 'loading' });

  useLayoutEffect(() => {
    if (surface === null || instrument === undefined) return;
    const options = { client, frames: frameBatcher, bots, surface, instrument, interval };
    const created = new ChartSession({ ...options, onState: setState });
    surface.follow(created);
    setSession(created);
    return () => {
      surface.follow(null);
      created.dispose();
      setSession(null);
    };
  }, [client, bots, surface, instrument, interval]);

  useEffect(() => session?.reveal(revealedFillId), [session, revealedFillId]);
  return { state, retry: () => session?.retry() };
}

interface FollowingSurface extends ChartSurface {
  /** Who is told of the pointer and the scroll position. */
  follow(session: ChartSession | null): void;
}

/** Makes the chart once, whatever it shows, and takes it apart with the panel. */
function useChartSurface(rootRef: RefObject<HTMLDivElement | null>): FollowingSurface | null {
  const [surface, setSurface] = useState<FollowingSurface | null>(null);
  useLayoutEffect(() => {
    const root = rootRef.current;
    if (root === null) return;
    const made = createSurface(root);
    setSurface(made.surface);
    return () => {
      setSurface(null);
      made.dispose();
    };
  }, [rootRef]);
  return surface;
}

function createSurface(root: HTMLElement): { surface: FollowingSurface; dispose: () => void } {
  let session: ChartSession | null = null;
  const chart = new CandleChart(part(root, 'canvas'), readChartTheme(root), {
    onHover: (hover) => session?.hover(hover),
    onNearStart: () => session?.nearStart(),
  });
  const stopWatching = onThemeChange(() => {
    chart.setTheme(readChartTheme(root));
    session?.themeChanged();
  });
  const surface: FollowingSurface = {
    chart,
    legend: new ChartLegend(part(root, 'legend')),
    tooltip: new FillTooltip(part(root, 'tooltip')),
    report: (drawn) => reportDrawn(root, drawn),
    follow: (next) => {
      session = next;
    },
  };
  return {
    surface,
    dispose: () => {
      stopWatching();
      chart.dispose();
    },
  };
}

function part(root: HTMLElement, name: string): HTMLElement {
  const element = root.querySelector<HTMLElement>(`[data-part="${name}"]`);
  invariant(element !== null, `the chart panel has a part ${name}`);
  return element;
}

function reportDrawn(root: HTMLElement, { candleCount, lastClose, markerCount }: DrawnChart): void {
  root.setAttribute('data-candle-count', String(candleCount));
  root.setAttribute('data-last-close', lastClose === null ? '' : String(lastClose));
  root.setAttribute('data-marker-count', String(markerCount));
  if (candleCount > 0) markFirstCandle();
}
