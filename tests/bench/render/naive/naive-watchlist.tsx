import { useEffect, useState } from 'react';
import type { PushPayload } from '#contract/pushes.ts';
import { countTick, hear, request } from './naive-hub.ts';

type Ticker = PushPayload<'price:update'>;
type Tickers = Readonly<Record<string, Ticker>>;

export function NaiveWatchlist() {
  const [tickers, setTickers] = useState<Tickers>({});
  useEffect(
    () =>
      hear('price:public', 'price:update', (ticker) =>
        setTickers((all) => ({ ...all, [ticker.symbol]: ticker })),
      ),
    [],
  );
  useEffect(() => {
    if (window.naive.prices === 'ofTickers') return;
    const ends: (() => void)[] = [];
    void request('watchlist.get', {}).then(({ instruments }) => {
      for (const { id } of instruments) ends.push(hearTrades(id, setTickers));
    });
    return () => {
      for (const end of ends) end();
    };
  }, []);
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

/** Each trade is the instrument's price. */
function hearTrades(id: string, setTickers: (change: (all: Tickers) => Tickers) => void) {
  return hear(`symbol:${id}:trades`, 'trade:new', ({ symbol, trades }) => {
    for (const { price } of trades) {
      countTick();
      setTickers((all) => {
        const known = all[symbol];
        return known === undefined ? all : { ...all, [symbol]: { ...known, price } };
      });
    }
  });
}
