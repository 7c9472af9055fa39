import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { NaiveBook } from './naive-book.tsx';
import { NaiveBots } from './naive-bots.tsx';
import { NaiveChart } from './naive-chart.tsx';
import { NaiveTape } from './naive-tape.tsx';
import './naive-workspace.css';
import { NaiveWatchlist } from './naive-watchlist.tsx';

/**
 * The screen as one would try it first: over the same channels, with a state of React's for each
 * update, and `setData` for each candle. It shows less than ours (no sparklines, flashes, own orders
 * or indicators), so that it is not made to look worse than it is.
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
