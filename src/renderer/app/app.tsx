import type { ReactNode } from 'react';
import { ChartPanel } from '../features/chart/chart-panel.tsx';
import { Dock } from '../features/dock/dock.tsx';
import { OrderBookPanel } from '../features/order-book/order-book-panel.tsx';
import { DeckBar } from '../features/replay/deck-bar.tsx';
import { ConnectionBanner } from '../features/status-bar/connection-banner.tsx';
import { StatusBar } from '../features/status-bar/status-bar.tsx';
import { TapePanel } from '../features/tape/tape-panel.tsx';
import { TopBar } from '../features/top-bar/top-bar.tsx';
import { WatchlistPanel } from '../features/watchlist/watchlist-panel.tsx';
import { bindClassNames } from '../ui/class-names.ts';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import styles from './app.module.css';

const cx = bindClassNames(styles);

/** The first layout of the workspace: fixed panels in a grid, so that nothing ever jumps. */
export function App() {
  return (
    <div className={cx('app')}>
      <TopBar />
      <div>
        <DeckBar />
      </div>
      <main className={cx('panels')}>
        <ConnectionBanner />
        <Cell area="watchlist" name="The watchlist">
          <WatchlistPanel />
        </Cell>
        <Cell area="chart" name="The chart">
          <ChartPanel />
        </Cell>
        <Cell area="dock" name="This panel">
          <Dock />
        </Cell>
        <Cell area="book" name="The order book">
          <OrderBookPanel />
        </Cell>
        <Cell area="tape" name="The tape">
          <TapePanel />
        </Cell>
      </main>
      <StatusBar />
    </div>
  );
}

interface CellProps {
  readonly area: 'watchlist' | 'chart' | 'dock' | 'book' | 'tape';
  readonly name: string;
  readonly children: ReactNode;
}

const Cell = ({ area, name, children }: CellProps) => (
  <div className={cx('cell', area)}>
    <ErrorBoundary name={name}>{children}</ErrorBoundary>
  </div>
);
