import { useEffect, useState } from 'react';
import type { BookLevel } from '#domain/order-book.ts';
import { BTC, hear } from './naive-hub.ts';

const ROWS = 16;

interface Book {
  readonly bids: ReadonlyMap<number, number>;
  readonly asks: ReadonlyMap<number, number>;
}

function changed(side: ReadonlyMap<number, number>, levels: readonly BookLevel[]) {
  const next = new Map(side);
  for (const [price, size] of levels) {
    if (size === 0) next.delete(price);
    else next.set(price, size);
  }
  return next;
}

export function NaiveBook() {
  const [book, setBook] = useState<Book>({ bids: new Map(), asks: new Map() });
  useEffect(
    () =>
      hear(`symbol:${BTC}:orderbook`, 'orderbook:update', ({ kind, bids, asks }) =>
        setBook((before) => ({
          bids: changed(kind === 'delta' ? before.bids : new Map(), bids),
          asks: changed(kind === 'delta' ? before.asks : new Map(), asks),
        })),
      ),
    [],
  );
  const asks = [...book.asks].sort(([a], [b]) => a - b).slice(0, ROWS);
  const bids = [...book.bids].sort(([a], [b]) => b - a).slice(0, ROWS);
  return (
    <div className="book">
      <Side levels={asks.reverse()} tone="down" />
      <Side levels={bids} tone="up" />
    </div>
  );
}

function Side({ levels, tone }: { readonly levels: [number, number][]; readonly tone: string }) {
  const most = Math.max(...levels.map(([, size]) => size));
  return levels.map(([price, size]) => (
    <div key={price} className={`level ${tone}`}>
      <div className="bar" style={{ width: `${(100 * size) / most}%` }} />
      <span>{price.toFixed(1)}</span>
      <span>{size.toFixed(4)}</span>
    </div>
  ));
}
