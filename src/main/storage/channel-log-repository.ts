import type { Database } from 'better-sqlite3';
import { channelOf, type Publishable } from '#contract/publications.ts';
import type { EpochMs } from '#domain/units.ts';
import { type DamageListener, parseJson } from './rows.ts';

interface LoggedPublication {
  readonly offset: number;
  readonly timestamp: EpochMs;
  readonly data: Publishable;
}

/**
 * What was published on durable channels, with the offsets that it was given (rules B1, B5). An
 * item is appended in the transaction that makes the thing itself durable, so that there is neither
 * a fill without its offset nor an offset without its fill.
 */
export interface ChannelLogRepository {
  /** As old as the ledger: the channels' offsets grow for ever, also over a channel's removal. */
  readonly epoch: string;
  append(item: Publishable, timestamp: EpochMs): void;
  /** Whether this very object, or what it tells of, was appended by this process. */
  has(item: Publishable): boolean;
  lastOffset(channel: string): number;
  /** All after `offset`, in order; undefined where a part of that is not kept, or lies ahead. */
  since(channel: string, offset: number): readonly LoggedPublication[] | undefined;
  /** The newest ones that are kept, oldest first. */
  recent(channel: string, count: number): readonly LoggedPublication[];
  forget(channels: readonly string[]): void;
}

export const KEPT_PUBLICATIONS = 2_000;
const APPENDS_PER_TRIM = 64;

interface Row {
  readonly offset: number;
  readonly timestamp: EpochMs;
  readonly data: string;
}

export function createChannelLogRepository(
  database: Database,
  onDamage: DamageListener,
): ChannelLogRepository {
  const statements = prepare(database);
  const appended = new WeakSet<object>();
  /** Found faster than by their names; a transaction that was undone may have taken one along. */
  const ids = new Map<string, number>();
  const advance = (channel: string) => {
    const id = ids.get(channel);
    const lastOffset = id === undefined ? undefined : statements.advanceKnown.get(id, channel);
    if (id !== undefined && lastOffset !== undefined) return { id, lastOffset };
    const head = statements.advance.get(channel);
    if (head) ids.set(channel, head.id);
    return head;
  };
  const write = (item: Publishable, timestamp: EpochMs): void => {
    const head = advance(channelOf(item));
    if (!head) return;
    const { id, lastOffset } = head;
    statements.insert.run(id, lastOffset, timestamp, JSON.stringify(item));
    if (lastOffset % APPENDS_PER_TRIM === 0)
      statements.trim.run(id, lastOffset - KEPT_PUBLICATIONS);
  };
  const writeAlone = database.transaction(write);
  // Within a transaction a savepoint of its own would cost as much as what it guards.
  const append = (item: Publishable, timestamp: EpochMs): void => {
    if (database.inTransaction) write(item, timestamp);
    else writeAlone(item, timestamp);
  };
  const read = ({ data, ...place }: Row): LoggedPublication | undefined => {
    const item = parseJson(data);
    if (isItem(item)) return { ...place, data: item };
    onDamage({ table: 'channel_log', reason: `publication ${place.offset} cannot be read` });
    return undefined;
  };
  const lastOffset = (channel: string) => statements.head.get(channel) ?? 0;
  return {
    epoch: statements.epoch.get() ?? '',
    append: (item, timestamp) => {
      append(item, timestamp);
      appended.add(subjectOf(item));
    },
    has: (item) => appended.has(subjectOf(item)),
    lastOffset,
    since: (channel, offset) => {
      const rows = statements.since.all(channel, offset);
      if (rows.length !== lastOffset(channel) - offset) return undefined;
      const publications = rows.flatMap((row) => read(row) ?? []);
      return publications.length === rows.length ? publications : undefined;
    },
    recent: (channel, count) =>
      statements.recent
        .all(channel, count)
        .flatMap((row) => read(row) ?? [])
        .reverse(),
    forget: (channels) => {
      for (const channel of channels) statements.forget.run(channel);
    },
  };
}

function prepare(database: Database) {
  const columns = 'position AS offset, time AS timestamp, data';
  const ofChannel = 'channel_log WHERE channel_id = (SELECT id FROM channels WHERE name = ?)';
  return {
    epoch: database.prepare<[], string>('SELECT epoch FROM channel_epoch').pluck(),
    advance: database.prepare<[string], { id: number; lastOffset: number }>(
      `INSERT INTO channels (name, last_offset) VALUES (?, 1)
       ON CONFLICT (name) DO UPDATE SET last_offset = last_offset + 1
       RETURNING id, last_offset AS lastOffset`,
    ),
    advanceKnown: database
      .prepare<[number, string], number>(
        `UPDATE channels SET last_offset = last_offset + 1 WHERE id = ? AND name = ?
         RETURNING last_offset`,
      )
      .pluck(),
    insert: database.prepare<[number, number, number, string]>(
      'INSERT INTO channel_log (channel_id, position, time, data) VALUES (?, ?, ?, ?)',
    ),
    trim: database.prepare<[number, number]>(
      'DELETE FROM channel_log WHERE channel_id = ? AND position <= ?',
    ),
    head: database
      .prepare<[string], number>('SELECT last_offset FROM channels WHERE name = ?')
      .pluck(),
    since: database.prepare<[string, number], Row>(
      `SELECT ${columns} FROM ${ofChannel} AND position > ? ORDER BY position`,
    ),
    recent: database.prepare<[string, number], Row>(
      `SELECT ${columns} FROM ${ofChannel} ORDER BY position DESC LIMIT ?`,
    ),
    forget: database.prepare<[string]>(`DELETE FROM ${ofChannel}`),
  };
}

/** The thing that an item tells of: it is the same object where it is stored and where it is told. */
function subjectOf(item: Publishable): object {
  switch (item.of) {
    case 'fill':
      return item.fill;
    case 'order':
      return item.order;
    case 'botLog':
      return item.entry;
    case 'notification':
      return item.notification;
    case 'alert':
      return item.alert;
    default:
      return item;
  }
}

/** Written by ourselves, and checked when it was: what could be wrong is the file. */
const isItem = (value: unknown): value is Publishable =>
  typeof value === 'object' && value !== null && 'of' in value;
