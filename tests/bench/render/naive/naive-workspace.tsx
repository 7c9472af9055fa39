import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { NaiveBook } from './naive-book.tsx';
import { NaiveBots } from './naive-bots.tsx';
import { NaiveChart } from './naive-chart.tsx';
import { NaiveTape } from './naive-tape.tsx';
import './naive-workspace.css';
import { NaiveWatchlist } from './naive-watchlist.tsx';

/**
 * The screen as one would try it first: over the same hub, with a state of React's for each trade of
 * each instrument, and `setData` for each candle. The hub still spares it much: trades come in batches,
 * for each of which React renders once, and candles come as they change on the hub and not with each
 * trade. It shows less than ours (no sparklines, flashes, own orders or indicators), so that it is not
 * made to look worse than it is. `naivePrices` has it take the hub's conflated prices instead.
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
