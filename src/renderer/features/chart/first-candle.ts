const MARK = 'tapedeck:first-candle';
let isMarked = false;

/** Notes when the first candle was painted: in the second frame after it was given to the chart. */
export function markFirstCandle(): void {
  if (isMarked) return;
  isMarked = true;
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      performance.mark(MARK);
      document.documentElement.setAttribute('data-first-candle', '1');
    }),
  );
}
