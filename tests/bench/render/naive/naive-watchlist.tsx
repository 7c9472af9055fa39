import { useEffect, useState } from 'react';
import type { PushPayload } from '#contract/pushes.ts';
import { hear } from './naive-hub.ts';

type Ticker = PushPayload<'price:update'>;

export function NaiveWatchlist() {
  const [tickers, setTickers] = useState<Record<string, Ticker>>({});
  useEffect(
    () =>
      hear('price:public', 'price:update', (ticker) =>
        setTickers((all) => ({ ...all, [ticker.symbol]: ticker })),
      ),
    [],
  );
  return (
    <table data-testid="naive-watchlist">
      <tbody>
        {Object.values(tickers).map(({ symbol, price, bid, ask, change24h }) => (
          <tr key={symbol}>
            <td>{symbol}</td>
            <td>{price.toFixed(3)}</td>
            <td>{((ask ?? 0) - (bid ?? 0)).toFixed(3)}</td>
            <td className={change24h < 0 ? 'down' : 'up'}>{change24h.toFixed(2)}%</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
