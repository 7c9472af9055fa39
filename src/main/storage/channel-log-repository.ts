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
  append(item: Publishable, timestamp: EpochMs): LoggedPublication;
  /** As what this very object, or what it tells of, was appended by this process. */
  find(item: Publishable): LoggedPublication | undefined;
  lastOffset(channel: string): number;
  /** All after `offset`, in order; undefined where a part of that is not kept, or lies ahead. */
  since(channel: string, offset: number): readonly LoggedPublication[] | undefined;
  /** The newest ones that are kept, oldest first. */
  recent(channel: string, count: number): readonly LoggedPublication[];
  forget(channels: readonly string[]): void;
  /** After a transaction was undone, and what was appended in it. */
  lookAgain(): void;
}

export const KEPT_PUBLICATIONS = 2_000;
/** How often what is no longer kept is looked for, and among how many of the rows. */
const APPENDS_PER_SWEEP = 256;
const ROWS_PER_SWEEP = 2 * APPENDS_PER_SWEEP;

/** A channel's number, and the offset of its newest publication. */
interface Head {
  readonly id: number;
  lastOffset: number;
}

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
  const appended = new WeakMap<object, LoggedPublication>();
  /** Where each channel stands: no row is written for what the log's own rows tell. */
  const heads = new Map<string, Head>();
  const find = (channel: string): Head | undefined => {
    const known = heads.get(channel) ?? statements.find.get(channel);
    if (known) heads.set(channel, known);
    return known;
  };
  const begin = (channel: string): Head => {
    const head = { id: Number(statements.begin.run(channel).lastInsertRowid), lastOffset: 0 };
    heads.set(channel, head);
    return head;
  };
  let appends = 0;
  let sweptRow = 0;
  /**
   * Goes round the rows as a clock's hand does, twice as fast as they come, so that no more than
   * as many again as are kept ever wait to go. By channel, each row would lie on another page.
   */
  const sweep = (): void => {
    const end = statements.sweepEnd.get(sweptRow, ROWS_PER_SWEEP - 1);
    statements.sweep.run(sweptRow, end ?? Number.MAX_SAFE_INTEGER, KEPT_PUBLICATIONS);
    sweptRow = end ?? 0;
  };
  const write = (item: Publishable, timestamp: EpochMs): LoggedPublication => {
    const channel = channelOf(item);
    const head = find(channel) ?? begin(channel);
    const offset = head.lastOffset + 1;
    statements.insert.run(head.id, offset, timestamp, JSON.stringify(item));
    head.lastOffset = offset;
    appends += 1;
    if (appends % APPENDS_PER_SWEEP === 0) sweep();
    return { offset, timestamp, data: item };
  };
  const writeAlone = database.transaction(write);
  // Within a transaction a savepoint of its own would cost as much as what it guards.
  const append = (item: Publishable, timestamp: EpochMs): LoggedPublication => {
    if (database.inTransaction) return write(item, timestamp);
    try {
      return writeAlone(item, timestamp);
    } catch (error) {
      heads.clear();
      throw error;
    }
  };
  const read = ({ data, ...place }: Row): LoggedPublication | undefined => {
    const item = parseJson(data);
    if (isItem(item)) return { ...place, data: item };
    onDamage({ table: 'channel_log', reason: `publication ${place.offset} cannot be read` });
    return undefined;
  };
  const lastOffset = (channel: string) => find(channel)?.lastOffset ?? 0;
  return {
    epoch: statements.epoch.get() ?? '',
    append: (item, timestamp) => {
      const publication = append(item, timestamp);
      appended.set(subjectOf(item), publication);
      return publication;
    },
    find: (item) => appended.get(subjectOf(item)),
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
      for (const channel of channels) {
        const head = find(channel);
        if (!head) continue;
        statements.keepOffset.run(head.lastOffset, head.id);
        statements.forget.run(head.id);
      }
    },
    lookAgain: () => heads.clear(),
  };
}

function prepare(database: Database) {
  const columns = 'position AS offset, time AS timestamp, data';
  const ofChannel = 'channel_log WHERE channel_id = (SELECT id FROM channels WHERE name = ?)';
  return {
    epoch: database.prepare<[], string>('SELECT epoch FROM channel_epoch').pluck(),
    find: database.prepare<[string], Head>(
      `SELECT id, max(last_offset, ifnull(
         (SELECT max(position) FROM channel_log WHERE channel_id = id), 0)) AS lastOffset
       FROM channels WHERE name = ?`,
    ),
    begin: database.prepare<[string]>('INSERT INTO channels (name, last_offset) VALUES (?, 0)'),
    insert: database.prepare<[number, number, number, string]>(
      'INSERT INTO channel_log (channel_id, position, time, data) VALUES (?, ?, ?, ?)',
    ),
    sweepEnd: database
      .prepare<[number, number], number>(
        'SELECT row FROM channel_log WHERE row > ? ORDER BY row LIMIT 1 OFFSET ?',
      )
      .pluck(),
    sweep: database.prepare<[number, number, number]>(
      `DELETE FROM channel_log WHERE row > ? AND row <= ? AND position <= (
         SELECT max(position) FROM channel_log AS newest
         WHERE newest.channel_id = channel_log.channel_id) - ?`,
    ),
    since: database.prepare<[string, number], Row>(
      `SELECT ${columns} FROM ${ofChannel} AND position > ? ORDER BY position`,
    ),
    recent: database.prepare<[string, number], Row>(
      `SELECT ${columns} FROM ${ofChannel} ORDER BY position DESC LIMIT ?`,
    ),
    keepOffset: database.prepare<[number, number]>(
      'UPDATE channels SET last_offset = ? WHERE id = ?',
    ),
    forget: database.prepare<[number]>('DELETE FROM channel_log WHERE channel_id = ?'),
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
