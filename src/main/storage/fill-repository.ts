import type { Database } from 'better-sqlite3';
import type { Result } from '#contract/errors.ts';
import { fillSchema } from '#contract/model.ts';
import type { Fill } from '#domain/fill.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import {
  type BotSelection,
  type Condition,
  ofBots,
  oneOf,
  type Page,
  PagedTable,
  type PageRequest,
  type TimeSpan,
  within,
} from './paged-table.ts';
import { assertStorable, type DamageListener } from './rows.ts';

interface FillFilter {
  readonly botId?: string | undefined;
  readonly instrumentId?: string | undefined;
  readonly instrumentIds?: readonly InstrumentId[] | undefined;
  /** By the market's time. */
  readonly span?: TimeSpan | undefined;
  readonly bots?: BotSelection;
}

type FillMoney = Pick<Fill, 'instrumentId' | 'realizedPnl' | 'fee' | 'feeCurrency' | 'eventTime'>;

export interface FillRepository {
  /** Throws on an id that is there already: a fill is never written twice. */
  insert(fill: Fill): void;
  /** Of what others report, by our clock: false, and nothing written, where the id is there already. */
  insertNew(fill: Fill, reportedTime: EpochMs): boolean;
  get(fillId: string): Fill | null;
  /** When it was reported, by our clock; null of a fill of our own bots, or of before this was kept. */
  reportedTime(fillId: string): EpochMs | null;
  list(request: PageRequest & FillFilter): Result<Page<Fill>>;
  /** What the fills of a bot brought, oldest first. */
  between(
    botId: string,
    range: { readonly fromTime: EpochMs; readonly toTime: EpochMs },
  ): readonly FillMoney[];
  count(botId?: string): number;
  /** Of the fills before or after `time`, the time of the nearest; null where there is none. */
  nearestTime(side: 'before' | 'after', time: EpochMs, instrumentId?: InstrumentId): EpochMs | null;
}

const COLUMNS = `id, bot_id AS botId, order_id AS orderId, instrument_id AS instrumentId, side,
  quantity, price, fee, fee_currency AS feeCurrency, liquidity, realized_pnl AS realizedPnl,
  event_time AS eventTime`;

export function createFillRepository(database: Database, onDamage: DamageListener): FillRepository {
  const table = new PagedTable<Fill>({
    database,
    table: 'fills',
    columns: COLUMNS,
    timeColumn: 'event_time',
    schema: fillSchema,
    onDamage,
  });
  const INSERT = `INSERT INTO fills (id, bot_id, order_id, instrument_id, side, quantity, price, fee,
       fee_currency, liquidity, realized_pnl, event_time, reported_time)
     VALUES (@id, @botId, @orderId, @instrumentId, @side, @quantity, @price, @fee,
       @feeCurrency, @liquidity, @realizedPnl, @eventTime, @reportedTime)`;
  const insert = database.prepare(INSERT);
  const insertNew = database.prepare(`${INSERT} ON CONFLICT (id) DO NOTHING`);
  const between = database.prepare<[string, number, number], FillMoney>(
    `SELECT instrument_id AS instrumentId, realized_pnl AS realizedPnl, fee,
       fee_currency AS feeCurrency, event_time AS eventTime
     FROM fills WHERE bot_id = ? AND event_time >= ? AND event_time < ? ORDER BY event_time`,
  );
  const reportedTime = database
    .prepare<[string], EpochMs | null>('SELECT reported_time FROM fills WHERE id = ?')
    .pluck();
  const countAll = database.prepare<[], number>('SELECT count(*) FROM fills').pluck();
  const countOfBot = database
    .prepare<[string], number>('SELECT count(*) FROM fills WHERE bot_id = ?')
    .pluck();
  return {
    insert: (fill) => {
      assertStorable(fillSchema, fill, 'a fill');
      insert.run({ ...fill, reportedTime: null });
    },
    insertNew: (fill, time) => {
      assertStorable(fillSchema, fill, 'a fill');
      return insertNew.run({ ...fill, reportedTime: time }).changes > 0;
    },
    get: (fillId) => table.one([['id = ?', fillId]]),
    reportedTime: (fillId) => reportedTime.get(fillId) ?? null,
    list: ({ limit, before, ...filter }) => table.page(conditionsOf(filter), { limit, before }),
    nearestTime: nearestTimeReader(database),
    between: (botId, { fromTime, toTime }) => between.all(botId, fromTime, toTime),
    count: (botId) => (botId === undefined ? countAll.get() : countOfBot.get(botId)) ?? 0,
  };
}

function nearestTimeReader(database: Database): FillRepository['nearestTime'] {
  const of = (extreme: string, condition: string) =>
    database
      .prepare<unknown[], EpochMs | null>(`SELECT ${extreme}(event_time) FROM fills ${condition}`)
      .pluck();
  const statements = {
    before: of('max', 'WHERE event_time < ?'),
    after: of('min', 'WHERE event_time > ?'),
  };
  const ofInstrument = {
    before: of('max', 'WHERE event_time < ? AND instrument_id = ?'),
    after: of('min', 'WHERE event_time > ? AND instrument_id = ?'),
  };
  return (side, time, instrumentId) =>
    (instrumentId === undefined
      ? statements[side].get(time)
      : ofInstrument[side].get(time, instrumentId)) ?? null;
}

function conditionsOf({ botId, instrumentId, instrumentIds, span, bots }: FillFilter): Condition[] {
  const conditions = [
    ...ofBots(bots),
    ...oneOf('instrument_id', instrumentIds),
    ...within('event_time', span),
  ];
  if (botId !== undefined) conditions.push(['bot_id = ?', botId]);
  if (instrumentId !== undefined) conditions.push(['instrument_id = ?', instrumentId]);
  return conditions;
}
