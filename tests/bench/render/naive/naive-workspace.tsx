import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { NaiveBook } from './naive-book.tsx';
import { NaiveBots } from './naive-bots.tsx';
import { NaiveChart } from './naive-chart.tsx';
import { NaiveTape } from './naive-tape.tsx';
import './naive-workspace.css';
import { NaiveWatchlist } from './naive-watchlist.tsx';

/**
 * The screen as one would try it first: a state of React's for each trade of each instrument, and
 * `setData` for each change of a candle. It shows less than ours (no sparklines, flashes, own orders or
 * indicators), so that it is not made to look worse than it is. Over the hub as it is it is spared
 * much: trades come in batches, for each of which React renders once, candles as they change on the hub
 * and not with each trade, and prices conflated if `window.naive` says so.
 */
function NaiveWorkspace() {
  return (
    <main>
      <NaiveWatchlist />
      <div>
        <NaiveChart />
        <NaiveBots />
      </div>
      <div>
        <NaiveBook />
        <NaiveTape />
      </div>
    </main>
  );
}

const root = document.createElement('div');
document.body.append(root);
createRoot(root).render(
  <StrictMode>
    <NaiveWorkspace />
  </StrictMode>,
);
