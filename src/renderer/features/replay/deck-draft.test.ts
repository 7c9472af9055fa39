import { describe, expect, it } from 'vitest';
import { requestSchemas } from '#contract/requests.ts';
import { type BotConfig, EXTERNAL_STRATEGY } from '#domain/bot.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import {
  canOpen,
  checkedDeck,
  copyable,
  type DeckDraft,
  deckErrors,
  newDeckDraft,
  type Recorded,
  withToggled,
} from './deck-draft.ts';

const BTC = 'binance:BTC/USDT' as InstrumentId;
const ETH = 'binance:ETH/USDT' as InstrumentId;
const HOUR_MS = 3_600_000;
const START = Date.UTC(2026, 0, 5, 12);

const recorded = (instrumentId: InstrumentId, hours: number): Recorded =>
  ({
    instrumentId,
    trades: 10,
    gaps: 0,
    firstTime: START as EpochMs,
    lastTime: (START + hours * HOUR_MS) as EpochMs,
  }) as Recorded;

const TAPE = [recorded(BTC, 3), recorded(ETH, 5)];

/** No field of it is what it would be by itself. */
const CONFIG: BotConfig = {
  id: 'b1',
  name: 'Unlike any other',
  strategy: 'grid',
  instrumentId: BTC,
  params: { levels: 7, nested: { deep: [1, 2] } },
  initialCash: '4321.5' as DecimalString,
  makerFeeBps: -1,
  takerFeeBps: 7,
  latencyMs: 125,
  slippageBps: 9,
  leverage: 3,
  limits: {
    maxPositionValue: '1000' as DecimalString,
    maxOrderValue: '200' as DecimalString,
    maxDailyLoss: '50' as DecimalString,
    atDailyLoss: 'flatten',
    maxOpenOrders: 4,
    maxOrdersPerMinute: 5,
  },
  schedule: { days: [1, 2], from: '08:00', to: '16:30', timeZone: 'Asia/Seoul' },
  createdTime: START as EpochMs,
  archivedTime: null,
};
const bot = (change: Partial<BotConfig>) => ({ config: { ...CONFIG, ...change } });
const BOTS = [bot({}), bot({ id: 'b2', name: 'Two' }), bot({ id: 'b3', instrumentId: ETH })];

const draft = (change: Partial<DeckDraft>): DeckDraft => ({ ...newDeckDraft(TAPE), ...change });
const opened = (given: DeckDraft, bots = BOTS) =>
  requestSchemas['replay.open'].params.parse(checkedDeck(given, bots));

describe('[T5] a bot that a deck copies', () => {
  it('is all of what was decided about the live one, and nothing of what it became', () => {
    const { id: _id, createdTime: _created, archivedTime: _archived, ...decided } = CONFIG;
    expect(opened(draft({ botIds: ['b1'] })).bots).toEqual([decided]);
  });

  it('is one of several, those that were chosen and whose instruments it plays', () => {
    const both = draft({ botIds: ['b1', 'b2', 'b3'] });
    expect(opened(both).bots.map(({ name }) => name)).toEqual([CONFIG.name, 'Two']);
    const withEth = { ...both, instruments: [BTC, ETH] };
    expect(opened(withEth).bots).toHaveLength(3);
  });

  it('trades the symbol of a recording where that is what is played', () => {
    const file = draft({ kind: 'file', file: ' /tmp/btc.jsonl ', botIds: ['b1'] });
    const { bots, ...rest } = opened(file);
    expect(bots).toEqual([
      { ...opened(draft({ botIds: ['b1'] })).bots[0], instrumentId: 'replay:BTC/USDT' },
    ]);
    expect(rest).toEqual({ file: '/tmp/btc.jsonl', alerts: 'none', notify: false, speed: 1 });
  });

  it('is none that runs elsewhere or in another deck', () => {
    const others = [
      bot({ strategy: EXTERNAL_STRATEGY }),
      bot({ id: 'd1_bot1', instrumentId: `d1_${BTC}` as InstrumentId }),
    ];
    expect(copyable(draft({ kind: 'file' }), others)).toEqual([]);
    expect(copyable(draft({ kind: 'file' }), BOTS)).toEqual(BOTS);
  });
});

describe('what a deck plays', () => {
  it('begins with the last hour of the first instrument, and follows those that are chosen', () => {
    const last = (given: DeckDraft) => opened(given).toTime;
    expect(opened(newDeckDraft(TAPE))).toMatchObject({
      instruments: [BTC],
      fromTime: START + 2 * HOUR_MS + 1_000,
      toTime: START + 3 * HOUR_MS + 1_000,
      notify: false,
    });
    const both = withToggled(newDeckDraft(TAPE), ETH, TAPE);
    expect([both.instruments, last(both)]).toEqual([[BTC, ETH], START + 5 * HOUR_MS + 1_000]);
    expect(withToggled(both, BTC, TAPE).instruments).toEqual([ETH]);
  });

  it('is told of by notifications where that is wanted', () => {
    expect(opened(draft({ notify: true, alerts: 'live' }))).toMatchObject({
      ...{ notify: true, alerts: 'live' },
    });
  });

  it('cannot be nothing, end before it begins, or be a part of a path', () => {
    const whole = draft({});
    expect(canOpen(whole)).toBe(true);
    expect(canOpen({ ...whole, instruments: [] })).toBe(false);
    expect(canOpen({ ...whole, to: whole.from })).toBe(false);
    expect(deckErrors({ ...whole, to: whole.from }).from).toBe('not before the end');
    expect(canOpen({ ...whole, kind: 'file', file: 'btc.jsonl' })).toBe(false);
    expect(canOpen({ ...whole, kind: 'file', file: 'C:\\btc.jsonl' })).toBe(true);
  });
});
