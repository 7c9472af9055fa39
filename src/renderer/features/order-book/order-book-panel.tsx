import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Instrument } from '#domain/instrument.ts';
import type { Order } from '#domain/order.ts';
import {
  useDeck,
  useHubClient,
  useInstrument,
  useNotLive,
  useSelection,
  useStores,
} from '../../app/app-context.ts';
import type { BotStore } from '../../stores/bot-store.ts';
import { frameBatcher } from '../../stores/frame-batcher.ts';
import type { NotLive } from '../../stores/liveness.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatPrice } from '../../ui/format.ts';
import { Panel } from '../../ui/panel.tsx';
import { type BookPhase, BookSession } from './book-session.ts';
import { GROUPINGS } from './ladder.ts';
import { LadderView } from './ladder-view.ts';
import styles from './order-book.module.css';

const cx = bindClassNames(styles);
const SKELETON_ROWS = Array.from({ length: 24 }, (_, index) => index);
/** While the feed is so, nobody knows what the book is. Silence or an ended replay keep the last one. */
const CUT_OFF: ReadonlySet<NotLive['kind']> = new Set(['offline', 'disconnected', 'failed']);

/** The order book of the selected instrument, as a ladder. */
export function OrderBookPanel() {
  const { selectedInstrumentId } = useSelection();
  const instrument = useInstrument(selectedInstrumentId);
  const notLive = useNotLive(selectedInstrumentId);
  const [grouping, setGrouping] = useState(1);
  const isCutOff = notLive !== null && CUT_OFF.has(notLive.kind);
  const { ladderRef, phase } = useBookSession(instrument, grouping, isCutOff);
  const absence = useDeck()?.books.reason ?? absenceOf(instrument);
  return (
    <Panel
      title="Order book"
      header={
        instrument && (
          <GroupingPicker instrument={instrument} grouping={grouping} onChange={setGrouping} />
        )
      }
      notLive={notLive}
    >
      <div className={cx('root')} data-testid="order-book" data-phase={phase.kind}>
        <div className={cx('columns')} aria-hidden="true">
          <span />
          <span>Price{instrument && ` ${instrument.quote}`}</span>
          <span>Size{instrument && ` ${instrument.base}`}</span>
          <span>Total</span>
        </div>
        <div ref={ladderRef} className={cx('ladder')} />
        <BookOverlay
          hasInstrument={selectedInstrumentId !== null}
          phase={phase}
          absence={absence}
        />
      </div>
    </Panel>
  );
}

function useBookSession(instrument: Instrument | undefined, grouping: number, isCutOff: boolean) {
  const client = useHubClient();
  const { bots } = useStores();
  const ladderRef = useRef<HTMLDivElement>(null);
  const [session, setSession] = useState<BookSession | null>(null);
  const [phase, setPhase] = useState<BookPhase>({ kind: 'loading' });

  useLayoutEffect(() => {
    const root = ladderRef.current;
    if (root === null || instrument === undefined) return;
    const view = new LadderView(root);
    const created = new BookSession({
      client,
      frames: frameBatcher,
      view,
      instrument,
      onPhase: setPhase,
    });
    const observer = new ResizeObserver(() => created.redraw());
    observer.observe(root);
    setSession(created);
    return () => {
      observer.disconnect();
      created.dispose();
      view.dispose();
      setSession(null);
    };
  }, [client, instrument]);

  useEffect(() => session?.setGrouping(grouping), [session, grouping]);
  useLayoutEffect(() => session?.setCutOff(isCutOff), [session, isCutOff]);
  useEffect(() => {
    if (session === null) return;
    return watchOpenOrders(bots, (orders) => session.setOrders(orders));
  }, [session, bots]);
  return { ladderRef, phase };
}

/** Tells the open orders of all bots, now and whenever they change (bots change far more often). */
function watchOpenOrders(bots: BotStore, onOrders: (orders: readonly Order[]) => void): () => void {
  let known: readonly (readonly Order[])[] = [];
  const tell = () => {
    const lists = Object.values(bots.getState().bots).map((bot) => bot.openOrders);
    if (lists.length === known.length && lists.every((list, i) => list === known[i])) return;
    known = lists;
    onOrders(lists.flat());
  };
  tell();
  return bots.subscribe(tell);
}

function GroupingPicker({
  instrument,
  grouping,
  onChange,
}: {
  readonly instrument: Instrument;
  readonly grouping: number;
  readonly onChange: (grouping: number) => void;
}) {
  return (
    <select
      className={cx('grouping')}
      aria-label="Price step of a row"
      title="Price step of a row"
      value={grouping}
      onChange={(event) => onChange(Number(event.target.value))}
    >
      {GROUPINGS.map((factor) => {
        const step = Number((instrument.priceIncrement * factor).toPrecision(12));
        return (
          <option key={factor} value={factor}>
            {formatPrice(step, Math.min(1, step))}
          </option>
        );
      })}
    </select>
  );
}

/** A book that never comes is no book in trouble. */
const absenceOf = (instrument: Instrument | undefined): string | null =>
  instrument?.exchange === 'deriv' ? 'Deriv has no order books.' : null;

interface BookOverlayProps {
  readonly hasInstrument: boolean;
  readonly phase: BookPhase;
  /** Why there are no books at all, in a replay or of an exchange; null where there are. */
  readonly absence: string | null;
}

function BookOverlay({ hasInstrument, phase, absence }: BookOverlayProps) {
  if (hasInstrument && phase.kind === 'ready') return null;
  if (absence !== null) {
    return (
      <div className={cx('overlay')} role="status">
        <EmptyState text={absence} />
      </div>
    );
  }
  return (
    <div className={cx('overlay')} role="status">
      {!hasInstrument && <EmptyState text="Select an instrument to see its order book." />}
      {hasInstrument && 'message' in phase && <p className={cx('distrust')}>{phase.message}</p>}
      {hasInstrument &&
        phase.kind === 'loading' &&
        SKELETON_ROWS.map((row) => <div key={row} className={cx('bone')} />)}
    </div>
  );
}
