import { beforeEach, describe, expect, it } from 'vitest';
import type { Push } from '#contract/pushes.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { ChannelHandler } from '../../client/channel-subscription.ts';
import type { TapeHit } from './tape-entry.ts';
import { DEFAULT_TAPE_PREFERENCES } from './tape-preferences.ts';
import type { TapeRing } from './tape-ring.ts';
import { type TapePhase, TapeSession } from './tape-session.ts';

const instrument = { id: 'demo:BTC/USD' } as unknown as Instrument;
const tradePush = (...ids: string[]): Push =>
  ({
    event: 'trade:new',
    payload: { trades: ids.map((id) => ({ id, price: 1, size: 1, side: 'buy', timestamp: 1 })) },
  }) as unknown as Push;

const tradesAt = (...trades: [timestamp: number, id: string][]): Push =>
  ({
    event: 'trade:new',
    payload: {
      trades: trades.map(([timestamp, id]) => ({ id, price: 1, size: 1, side: 'buy', timestamp })),
    },
  }) as unknown as Push;
const liquidationPush = (seq: number, eventTime: number): Push =>
  ({
    event: 'liquidation:new',
    payload: { seq, eventTime, side: 'sell', price: 1, size: 1 },
  }) as unknown as Push;

describe('TapeSession', () => {
  let handlers: Map<string, ChannelHandler>;
  let handler: ChannelHandler;
  let work: Map<string, () => void>;
  let view: { isAtTop: boolean; drawn: string[][]; render(r: TapeRing): void };
  let phases: string[];
  let pause: { isPaused: boolean; pending: number };
  let session: TapeSession;
  let hits: TapeHit[];

  beforeEach(() => {
    work = new Map();
    handlers = new Map();
    phases = [];
    hits = [];
    view = {
      isAtTop: true,
      drawn: [],
      render: (ring) =>
        view.drawn.push(
          Array.from({ length: ring.length }, (_, index) => {
            const entry = ring.at(index);
            if (entry?.kind === 'liquidation') return `liquidation ${entry.liquidation.seq}`;
            return entry?.kind === 'trade' ? entry.trade.id : 'gap';
          }),
        ),
    };
    const frames = {
      schedule: (key: string, callback: () => void) => void work.set(key, callback),
      cancel: (key: string) => void work.delete(key),
    };
    session = new TapeSession({
      client: {
        subscribe: (name, given) => {
          handlers.set(name, given);
          return () => handlers.delete(name);
        },
      },
      ...{ frames, dataFrames: frames },
      view,
      instrument,
      frameKey: 'tape',
      rules: { ...DEFAULT_TAPE_PREFERENCES, unit: 'base', levels: [{ from: 1, color: null }] },
      onHit: (hit) => hits.push(hit),
      onPhase: (phase: TapePhase) => phases.push(phase.kind),
      onPause: (given) => {
        pause = given;
      },
    });
    handler = handlerOf('symbol:demo:BTC/USD:trades');
  });

  function handlerOf(name: string): ChannelHandler {
    const found = handlers.get(name);
    if (!found) throw new Error(`not subscribed to ${name}`);
    return found;
  }

  function frame(): string[] | undefined {
    const batch = [...work.values()];
    work.clear();
    for (const callback of batch) callback();
    return view.drawn.at(-1);
  }

  it('draws once a frame, newest first', () => {
    handler.onReset?.();
    handler.onPush(tradePush('1', '2'));
    handler.onPush(tradePush('3'));
    expect(view.drawn).toHaveLength(0);
    expect(frame()).toEqual(['3', '2', '1']);
    expect(view.drawn).toHaveLength(1);
  });

  it('is loading until the hub answered, and empty while there is no trade', () => {
    frame();
    expect(phases).toEqual(['loading']);
    handler.onReset?.();
    frame();
    handler.onPush(tradePush('1'));
    frame();
    expect(phases).toEqual(['loading', 'empty', 'ready']);
  });

  it('stands still under the pointer, and goes on when it leaves', () => {
    handler.onPush(tradePush('1'));
    session.hover(true);
    handler.onPush(tradePush('2', '3'));
    expect(frame()).toEqual(['1']);
    expect(pause).toEqual({ isPaused: true, pending: 2 });
    session.hover(false);
    expect(frame()).toEqual(['3', '2', '1']);
    expect(pause).toEqual({ isPaused: false, pending: 0 });
  });

  it('stands still as long as it is scrolled away from the newest', () => {
    handler.onPush(tradePush('1'));
    view.isAtTop = false;
    session.scrolled();
    session.hover(true);
    session.hover(false);
    handler.onPush(tradePush('2'));
    expect(frame()).toEqual(['1']);
    view.isAtTop = true;
    session.scrolled();
    expect(frame()).toEqual(['2', '1']);
  });

  it('stands still while it is held, wherever the pointer is', () => {
    handler.onPush(tradePush('1'));
    session.hold(true);
    session.hover(true);
    session.hover(false);
    handler.onPush(tradePush('2'));
    expect(frame()).toEqual(['1']);
    session.hold(false);
    expect(frame()).toEqual(['2', '1']);
  });

  it('tells of large prints that are news, not of those that had been', () => {
    handler.onReset?.();
    handler.onPush(tradePush('1'));
    expect(hits).toEqual([]);
    handler.onStarted?.();
    handler.onPush(tradePush('2'));
    expect(hits).toEqual([{ kind: 'trade', level: 1, side: 'buy' }]);
    handler.onReset?.();
    handler.onPush(tradePush('3'));
    expect(hits).toHaveLength(1);
  });

  it('shows where trades are missing', () => {
    handler.onPush(tradePush('1'));
    handler.onPush({ event: 'gap', payload: { missed: 4 } } as unknown as Push);
    handler.onPush(tradePush('6'));
    expect(frame()).toEqual(['6', 'gap', '1']);
    handler.onReset?.();
    handler.onPush(tradePush('9'));
    expect(frame()).toEqual(['9', 'gap']);
  });

  it('puts liquidations between the trades, by time, also where they were told first', () => {
    const liquidations = handlerOf('symbol:demo:BTC/USD:liquidations');
    liquidations.onReset?.();
    liquidations.onPush(liquidationPush(1, 15));
    liquidations.onStarted?.();
    handler.onReset?.();
    handler.onPush(tradesAt([10, 'a'], [20, 'b']));
    expect(frame()).toEqual(['b', 'a']);
    handler.onStarted?.();
    expect(frame()).toEqual(['b', 'liquidation 1', 'a']);
    liquidations.onPush(liquidationPush(2, 30));
    expect(frame()).toEqual(['liquidation 2', 'b', 'liquidation 1', 'a']);
    expect(hits).toEqual([{ kind: 'liquidation', level: 1, side: 'sell' }]);
  });

  it('has them once, whichever of the two begins anew', () => {
    const liquidations = handlerOf('symbol:demo:BTC/USD:liquidations');
    handler.onReset?.();
    handler.onPush(tradesAt([10, 'a']));
    handler.onStarted?.();
    liquidations.onReset?.();
    liquidations.onPush(liquidationPush(1, 5));
    liquidations.onStarted?.();
    expect(frame()).toEqual(['a', 'liquidation 1']);
    liquidations.onReset?.();
    liquidations.onPush(liquidationPush(1, 5));
    liquidations.onStarted?.();
    expect(frame()).toEqual(['a', 'liquidation 1']);
    handler.onReset?.();
    handler.onPush(tradesAt([10, 'a']));
    handler.onStarted?.();
    expect(frame()).toEqual(['a', 'liquidation 1', 'gap']);
    handler.onStarted?.();
    expect(frame()).toEqual(['a', 'liquidation 1', 'gap']);
    expect(hits).toEqual([]);
  });

  it('leaves both channels', () => {
    session.dispose();
    expect([...handlers.keys()]).toEqual([]);
  });
});
