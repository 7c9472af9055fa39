import { type RefObject, useEffect, useId, useLayoutEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { channel } from '#contract/channels.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { Order } from '#domain/order.ts';
import { useDataFrames, useHubClient, useStores } from '../../app/app-context.ts';
import { steadyClock } from '../../client/system-clock.ts';
import type { BotStore } from '../../stores/bot-store.ts';
import { BookPast } from './book-past.ts';
import type { BookViewKind } from './book-preferences.ts';
import { type BookPhase, BookSession, type BookView } from './book-session.ts';
import { DepthView } from './depth-view.ts';
import { HeatmapView } from './heatmap-view.ts';
import { LadderBookView } from './ladder-book-view.ts';

/** Time goes on in the heatmap, whether or not anything happens. */
const HEATMAP_PERIOD_MS = 500;

export interface BookWish {
  readonly instrument: Instrument | undefined;
  readonly kind: BookViewKind;
  readonly grouping: number;
  /** The connection or the feed is down. */
  readonly isCutOff: boolean;
  /** In no other case is the hub asked for anything. */
  readonly isShown: boolean;
}

type AnyView = BookView & { dispose(): void };

/** The book of an instrument in an element, drawn as it is wished for. */
export function useBook(rootRef: RefObject<HTMLElement | null>, wish: BookWish): BookPhase {
  const { instrument, kind, grouping, isCutOff, isShown } = wish;
  const { t } = useTranslation('order-book');
  const client = useHubClient();
  const { bots } = useStores();
  const frames = useDataFrames();
  const frameKey = `order-book ${useId()}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each instrument has its own
  const past = useMemo(() => new BookPast(), [instrument?.id]);
  const [shown, setShown] = useState<{ session: BookSession; view: AnyView } | null>(null);
  const [phase, setPhase] = useState<BookPhase>({ kind: 'loading' });

  useLayoutEffect(() => {
    const root = rootRef.current;
    if (root === null || instrument === undefined || !isShown) return;
    const ends: (() => void)[] = [];
    let session: BookSession | null = null;
    const onChange = () => session?.redraw();
    const view = createView(kind, { root, instrument, onChange, past, t });
    session = new BookSession({
      ...{ client, frames, frameKey, instrument, onPhase: setPhase },
      view: view instanceof HeatmapView ? view : glancing(view, past),
    });
    if (view instanceof HeatmapView) {
      ends.push(steadyClock.setInterval(onChange, HEATMAP_PERIOD_MS));
      ends.push(
        client.subscribe(channel.trades(instrument.id), {
          onPush: (push) => {
            if (push.event === 'trade:new') view.addTrades(push.payload.trades);
          },
        }),
      );
    }
    const observer = new ResizeObserver(onChange);
    observer.observe(root);
    setShown({ session, view });
    return () => {
      for (const end of ends) end();
      observer.disconnect();
      session.dispose();
      view.dispose();
      past.leave(steadyClock.now());
      setShown(null);
    };
  }, [rootRef, client, instrument, kind, isShown, frames, frameKey, past, t]);

  useLayoutEffect(() => {
    if (!(shown?.view instanceof LadderBookView)) return;
    shown.view.setGrouping(grouping);
    shown.session.redraw();
  }, [shown, grouping]);
  useLayoutEffect(() => shown?.session.setCutOff(isCutOff), [shown, isCutOff]);
  useEffect(() => {
    if (!(shown?.view instanceof LadderBookView)) return;
    const { view, session } = shown;
    return watchOpenOrders(bots, (orders) => {
      view.setOrders(orders);
      session.redraw();
    });
  }, [shown, bots]);
  return phase;
}

interface ViewPlace {
  readonly root: HTMLElement;
  readonly instrument: Instrument;
  readonly onChange: () => void;
  readonly past: BookPast;
  readonly t: ReturnType<typeof useTranslation<'order-book'>>['t'];
}

/** What another picture is drawn of, the heatmap will want to have seen. */
const glancing = (view: BookView, past: BookPast): BookView => ({
  draw(book) {
    past.glance(steadyClock.now(), book);
    view.draw(book);
  },
});

function createView(kind: BookViewKind, place: ViewPlace): AnyView {
  const { root, instrument, onChange, past, t } = place;
  switch (kind) {
    case 'ladder':
      return new LadderBookView(root, instrument);
    case 'depth':
      return new DepthView(root, instrument, onChange);
    case 'heatmap':
      return new HeatmapView({
        ...{ root, instrument, onChange, past, clock: steadyClock },
        minuteText: (minutes) => (minutes === 0 ? t('now') : t('minutes', { minutes })),
      });
  }
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
