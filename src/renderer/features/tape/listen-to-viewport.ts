import type { TapeSession } from './tape-session.ts';

/** Pauses a tape under the pointer, away from its top, and by the space bar. Returns its end. */
export function listenToViewport(
  viewport: HTMLElement,
  session: Pick<TapeSession, 'hover' | 'scrolled' | 'redraw'>,
  onHold: () => void,
): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const observer = new ResizeObserver(() => session.redraw());
  viewport.addEventListener('pointerenter', () => session.hover(true), { signal });
  viewport.addEventListener('pointerleave', () => session.hover(false), { signal });
  viewport.addEventListener('scroll', () => session.scrolled(), { signal, passive: true });
  viewport.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== ' ') return;
      event.preventDefault();
      onHold();
    },
    { signal },
  );
  observer.observe(viewport);
  return () => {
    listening.abort();
    observer.disconnect();
  };
}
