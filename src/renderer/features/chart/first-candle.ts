const MARK = 'tapedeck:first-candle';
const ATTRIBUTE = 'data-first-candle';

/** Notes when the first candle was painted: in the second frame after it was given to the chart. */
export function markFirstCandle(): void {
  const page = document.documentElement;
  if (page.hasAttribute(ATTRIBUTE)) return;
  // Known to be under way.
  page.setAttribute(ATTRIBUTE, '0');
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      performance.mark(MARK);
      page.setAttribute(ATTRIBUTE, '1');
    }),
  );
}
