import { useLayoutEffect, useRef, useState } from 'react';
import {
  useFrames,
  useHubClient,
  useInstrument,
  useNotLive,
  useSelection,
} from '../../app/app-context.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatCompact } from '../../ui/format.ts';
import { Panel } from '../../ui/panel.tsx';
import styles from './tape.module.css';
import { type TapePhase, TapeSession } from './tape-session.ts';
import { TapeView } from './tape-view.ts';

const cx = bindClassNames(styles);
const SKELETON_ROWS = Array.from({ length: 24 }, (_, index) => index);

/** Time and sales of the selected instrument. */
export function TapePanel() {
  const client = useHubClient();
  const frames = useFrames();
  const { selectedInstrumentId } = useSelection();
  const instrument = useInstrument(selectedInstrumentId);
  const notLive = useNotLive(selectedInstrumentId);
  const viewportRef = useRef<HTMLDivElement>(null);
  const pendingRef = useRef<HTMLButtonElement>(null);
  const [phase, setPhase] = useState<TapePhase>({ kind: 'loading' });

  useLayoutEffect(() => {
    const viewport = viewportRef.current;
    if (viewport === null || instrument === undefined) return;
    const view = new TapeView(viewport);
    const session = new TapeSession({
      client,
      frames,
      view,
      instrument,
      onPhase: setPhase,
      onPause: (pause) => showPause(pendingRef.current, pause),
    });
    const stopListening = listen(viewport, session);
    return () => {
      stopListening();
      session.dispose();
      view.dispose();
    };
  }, [client, frames, instrument]);

  return (
    <Panel
      title="Tape"
      header={
        <button
          ref={pendingRef}
          type="button"
          className={cx('pending')}
          title="Back to the newest trades"
          onClick={() => viewportRef.current?.scrollTo({ top: 0 })}
        />
      }
      notLive={notLive}
    >
      <div className={cx('root')} data-testid="tape">
        <div className={cx('columns')} aria-hidden="true">
          <span>Time</span>
          <span />
          <span>Price{instrument && ` ${instrument.quote}`}</span>
          <span>Size{instrument && ` ${instrument.base}`}</span>
        </div>
        <section ref={viewportRef} className={cx('viewport')} aria-label="Last trades" />
        <TapeOverlay hasInstrument={selectedInstrumentId !== null} phase={phase} />
      </div>
    </Panel>
  );
}

function TapeOverlay({
  hasInstrument,
  phase,
}: {
  readonly hasInstrument: boolean;
  readonly phase: TapePhase;
}) {
  if (hasInstrument && phase.kind === 'ready') return null;
  return (
    <div className={cx('overlay')}>
      {!hasInstrument && <EmptyState text="Select an instrument to see its trades." />}
      {hasInstrument && phase.kind === 'empty' && <EmptyState text="No trades yet." />}
      {hasInstrument && phase.kind === 'failed' && <EmptyState text={phase.message} />}
      {hasInstrument &&
        phase.kind === 'loading' &&
        SKELETON_ROWS.map((row) => <div key={row} className={cx('bone')} />)}
    </div>
  );
}

function showPause(
  element: HTMLElement | null,
  { isPaused, pending }: { readonly isPaused: boolean; readonly pending: number },
): void {
  if (element === null) return;
  const count = pending < 10_000 ? String(pending) : formatCompact(pending);
  const text = isPaused ? `Paused · ${count} new` : '';
  if (element.textContent !== text) element.textContent = text;
  element.hidden = !isPaused;
}

function listen(viewport: HTMLElement, session: TapeSession): () => void {
  const enter = () => session.hover(true);
  const leave = () => session.hover(false);
  const scroll = () => session.scrolled();
  const observer = new ResizeObserver(() => session.redraw());
  viewport.addEventListener('pointerenter', enter);
  viewport.addEventListener('pointerleave', leave);
  viewport.addEventListener('scroll', scroll, { passive: true });
  observer.observe(viewport);
  return () => {
    viewport.removeEventListener('pointerenter', enter);
    viewport.removeEventListener('pointerleave', leave);
    viewport.removeEventListener('scroll', scroll);
    observer.disconnect();
  };
}
