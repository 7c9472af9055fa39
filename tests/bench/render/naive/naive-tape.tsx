import { useEffect, useState } from 'react';
import type { WireTrade } from '#contract/model.ts';
import { BTC, hear } from './naive-hub.ts';

const KEPT = 100;

/** Its element and rows are named as those of our tape, for the one who looks for the paint. */
export function NaiveTape() {
  const [trades, setTrades] = useState<readonly WireTrade[]>([]);
  useEffect(
    () =>
      hear(`symbol:${BTC}:trades`, 'trade:new', (push) =>
        setTrades((before) => [...push.trades.toReversed(), ...before].slice(0, KEPT)),
      ),
    [],
  );
  return (
    <div className="tape" data-testid="tape-viewport">
      {trades.map(({ id, price, size, side, timestamp }) => (
        <div key={id} data-trade-id={id} className={side === 'buy' ? 'up' : 'down'}>
          <span>{new Date(timestamp).toISOString().slice(11, 19)}</span>
          <span>{price.toFixed(1)}</span>
          <span>{size.toFixed(4)}</span>
        </div>
      ))}
    </div>
  );
}
