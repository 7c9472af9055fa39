import { execFile } from 'node:child_process';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { describe, expect, it, vi } from 'vitest';
import { channel } from '#contract/channels.ts';
import { sourceInstrumentId } from '#contract/decks.ts';
import type { PushPayload } from '#contract/pushes.ts';
import type { DeckView } from '#contract/replay-requests.ts';
import type { RequestInput } from '#contract/requests.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import { runCommandLine } from '#main/app/commands/command-line.ts';
import { eventually } from '../support/hub-connection.ts';
import { GRID, RecordedDecks, SOURCE } from '../support/recorded-decks.ts';
import { hasRecordings, needsRecordings, SPOT_BTCUSDT } from '../support/recordings.ts';
import { projectRoot } from '../support/serve-process.ts';

const run = promisify(execFile);
const TRADES = 9_757;

describe.skipIf(!hasRecordings)(`a replay deck on recorded trades${needsRecordings}`, () => {
  let spoolFolder: string;
  const recorded = RecordedDecks.use((folder) => {
    spoolFolder = join(folder, 'spool');
    mkdirSync(spoolFolder);
    writeFileSync(join(spoolFolder, 'recording-1.spool'), 'left behind by a crash');
  });
  const shown = ({ instruments }: DeckView): InstrumentId => {
    const [instrument] = instruments;
    if (!instrument) throw new Error('a deck has an instrument');
    return instrument.id;
  };

  it.each([
    ['the tape', { instruments: [SOURCE] }],
    ['a recording', { instruments: undefined, file: SPOT_BTCUSDT }],
  ])(
    '[T4] tells of a stretch of %s when how much is traded, before it is played',
    async (_, of) => {
      const { id: deckId, fromTime, toTime } = await recorded.open(of);
      const { volumes, fills } = await recorded.hub.request('replay.timeline', { deckId });
      expect(volumes).toHaveLength(Math.min(240, Math.floor((toTime - fromTime) / 1_000)));
      expect(volumes.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
      expect(volumes.filter((share) => share > 0).length).toBeGreaterThan(volumes.length / 2);
      expect(fills).toEqual([]);
    },
  );

  it('[T4] plays every trade of the tape on its own channels', async () => {
    const deck = await recorded.open({ speed: 'max' });
    expect(deck).toMatchObject({ state: 'paused', tradesPlayed: 0, time: deck.fromTime, run: 1 });
    await recorded.hub.request('replay.play', { deckId: deck.id });
    const ended = await recorded.settled(deck.id);
    expect(ended).toMatchObject({ state: 'ended', tradesPlayed: TRADES, time: deck.toTime });
    const { trades } = await recorded.hub.request('trades.get', {
      instrumentId: shown(deck),
      limit: 50_000,
    });
    expect(trades).toHaveLength(TRADES);
  });

  it('[T4] opens a large recording with its progress in sight, and gives that up when it is closed', async () => {
    const file = join(recorded.directory.path, 'large.ndjson');
    const lines = gunzipSync(readFileSync(SPOT_BTCUSDT));
    for (let copies = 0; copies < 12; copies += 1) appendFileSync(file, lines);
    const told: DeckView[] = [];
    recorded.hub.socket.on('replay:deck', ({ deck }: PushPayload<'replay:deck'>) =>
      told.push(deck),
    );
    const deck = await recorded.begin({ instruments: undefined, file });
    const { id: deckId } = deck;
    expect(deck).toMatchObject({ state: 'opening', run: 0, instruments: [{ sourceId: SOURCE }] });
    await recorded.hub.subscribe(channel.replayDeck(deckId));
    await eventually(
      () => told.map(({ opening }) => opening?.progress ?? 1),
      (shares) => new Set(shares).size >= 3,
    );
    const { decks } = await recorded.hub.request('replay.list', {});
    expect(decks.map(({ state }) => state)).toEqual(['opening']);
    await expect(recorded.hub.request('replay.play', { deckId })).rejects.toThrow('% is read');
    await recorded.hub.request('replay.close', { deckId });
    expect((await recorded.hub.request('replay.list', {})).decks).toEqual([]);
    await eventually(
      () => told.at(-1)?.state,
      (state) => state === 'closed',
    );
  });

  const drive = (method: 'replay.play' | 'replay.pause', deckId: string) =>
    recorded.hub.request(method, { deckId });
  const fillsOf = async (botId: string) => {
    const { items } = await recorded.hub.request('fills.list', { botId, limit: 1_000 });
    return items.toReversed().map(({ id: _, botId: _bot, orderId: _order, ...fill }) => ({
      ...fill,
      instrumentId: sourceInstrumentId(fill.instrumentId) ?? fill.instrumentId,
    }));
  };
  /** Opens a deck with the grid, lets it be driven to its end, and gives the bot's fills. */
  const fillsWhen = async (
    driven: (deck: DeckView) => Promise<unknown>,
    request: Partial<RequestInput<'replay.open'>> = {},
  ) => {
    const deck = await recorded.open({ bots: [GRID], ...request });
    await driven(deck);
    const ended = await recorded.settled(deck.id);
    expect(ended.state).toBe('ended');
    const fills = await fillsOf(ended.botIds[0] ?? '');
    await recorded.hub.request('replay.close', { deckId: deck.id });
    return fills;
  };
  const atMax = () => fillsWhen((deck) => drive('replay.play', deck.id), { speed: 'max' });

  it('[T5] gives the same fills at max, at 60×, stepping, and whatever was sought before', async () => {
    const expected = await atMax();
    expect(expected.length).toBeGreaterThan(10);
    expect(await fillsWhen((deck) => drive('replay.play', deck.id), { speed: 60 })).toEqual(
      expected,
    );
    const stepped = await fillsWhen(async ({ id: deckId }) => {
      for (let trade = 0; trade < 5; trade += 1) {
        await recorded.hub.request('replay.step', { deckId, by: 'trade' });
      }
      for (;;) {
        const view = await recorded.hub.request('replay.step', {
          deckId,
          by: 'candle',
          interval: '1m',
        });
        if (view.state === 'ended') return;
      }
    });
    expect(stepped).toEqual(expected);
    const sought = await fillsWhen(async ({ id: deckId, fromTime, toTime }) => {
      for (const share of [0.7, 0.2, 0.9, 0.1]) {
        const time = (fromTime + Math.round((toTime - fromTime) * share)) as EpochMs;
        await recorded.hub.request('replay.seek', { deckId, time });
        expect(await recorded.settled(deckId)).toMatchObject({ state: 'paused', time });
      }
      await recorded.hub.request('replay.setSpeed', { deckId, speed: 'max' });
      await drive('replay.play', deckId);
    });
    expect(sought).toEqual(expected);
  });

  it('[T5] gives the same fills headless, beside a monitor that records', async () => {
    const expected = await atMax();
    const bot = join(recorded.directory.path, 'bot.json');
    writeFileSync(bot, JSON.stringify(GRID));
    const { stdout } = await run(process.execPath, [
      ...[join(projectRoot, 'src/main/cli.ts'), 'replay', '--json'],
      ...['--bot', bot, '--data-dir', recorded.directory.path],
    ]);
    const { bots, tradesPlayed } = JSON.parse(stdout);
    const fills = bots[0].fills.map(
      ({ id: _, botId: _bot, orderId: _order, ...fill }: Record<string, unknown>) => fill,
    );
    expect(fills).toEqual(expected);
    expect(tradesPlayed).toBe(TRADES);
  });

  it('[T4] does not touch the live ledger, and does not notify unless asked', async () => {
    const before = dump(join(recorded.directory.path, 'ledger.db'));
    expect((await atMax()).length).toBeGreaterThan(10);
    expect(dump(join(recorded.directory.path, 'ledger.db'))).toEqual(before);
  });

  it('[T4] notifies when it is asked to, and says that it is a replay', async () => {
    const titles: string[] = [];
    recorded.hub.socket.on('notification', ({ title }: PushPayload<'notification'>) =>
      titles.push(title),
    );
    await recorded.hub.subscribe(channel.user('owner', 'notifications'));
    const fills = await fillsWhen((deck) => drive('replay.play', deck.id), {
      ...{ speed: 'max', notify: true },
    });
    await eventually(
      () => titles.length,
      (count) => count >= fills.length,
    );
    expect(titles).toHaveLength(fills.length);
    expect(titles.every((title) => title.startsWith('Replay: '))).toBe(true);
    const { items } = await recorded.hub.request('notifications.list', { limit: 1_000 });
    expect(items.some(({ title }) => title.startsWith('Replay: '))).toBe(false);
  });

  it.each([
    ['', { bots: [] }],
    [', also while its bots catch up', { bots: [GRID] }],
  ])('[T4] sought back, it shows its time at once, and nothing after it%s', async (_, request) => {
    const deck = await recorded.open(request);
    const { id: deckId, fromTime, toTime } = deck;
    const time = (fromTime + Math.round((toTime - fromTime) / 2)) as EpochMs;
    await recorded.hub.request('replay.seek', { deckId, time: toTime });
    await recorded.settled(deckId);
    const sought = await recorded.hub.request('replay.seek', { deckId, time });
    expect(sought).toMatchObject({
      time,
      run: 3,
      seek: request.bots.length > 0 ? { isShown: true } : null,
    });
    const instrumentId = shown(deck);
    const all = (await recorded.hub.request('trades.get', { instrumentId: SOURCE, limit: 50_000 }))
      .trades;
    const past = all.filter(({ timestamp }) => timestamp <= time);
    const { trades } = await recorded.hub.request('trades.get', { instrumentId, limit: 50_000 });
    expect(trades).toEqual(past);
    const cut = { instrumentId, fromTime, toTime: deck.toTime, limit: 50_000 };
    expect((await recorded.hub.request('trades.get', cut)).trades).toEqual(past);
    for (const interval of ['1s', '1m', '5m', '1h'] as const) {
      const { candles } = await recorded.hub.request('candles.get', { instrumentId, interval });
      const counted = candles.reduce((sum, { tradeCount }) => sum + (tradeCount ?? Number.NaN), 0);
      expect([interval, counted]).toEqual([interval, past.length]);
      expect(candles.at(-1)?.close).toBe(past.at(-1)?.price);
    }
    const start = await recorded.hub.subscribe(channel.trades(instrumentId));
    const told = start.pushes.flatMap((push) =>
      push.event === 'trade:new' ? push.payload.trades : [],
    );
    expect(told.length).toBeGreaterThan(0);
    expect(told.every(({ timestamp }) => timestamp <= time)).toBe(true);
    expect(await recorded.settled(deckId)).toMatchObject({ state: 'paused', time, run: 3 });
    expect(
      (await recorded.hub.request('trades.get', { instrumentId, limit: 50_000 })).trades,
    ).toEqual(past);
  });

  it('[T4] steps one trade, and one candle that has any', async () => {
    const { id: deckId, instruments } = await recorded.open();
    const instrumentId = instruments[0]?.id ?? SOURCE;
    const one = await recorded.hub.request('replay.step', { deckId, by: 'trade' });
    expect(one).toMatchObject({ state: 'paused', tradesPlayed: 1 });
    expect(
      (await recorded.hub.request('trades.get', { instrumentId, limit: 10 })).trades,
    ).toHaveLength(1);
    const minute = await recorded.hub.request('replay.step', { deckId, by: 'candle' });
    expect(minute.time % 60_000).toBe(0);
    const { candles } = await recorded.hub.request('candles.get', { instrumentId, interval: '1m' });
    expect(candles.map(({ tradeCount }) => tradeCount)).toEqual([minute.tradesPlayed]);
  });

  it('[T4] seeks to the next and the previous fill of its bots', async () => {
    const { id: deckId } = await recorded.open({ bots: [GRID] });
    const times: number[] = [];
    for (let count = 0; count < 3; count += 1) {
      await recorded.hub.request('replay.seek', { deckId, fill: 'next' });
      times.push((await recorded.settled(deckId)).time);
    }
    const fills = await fillsOf('d'.concat(deckId.slice(1), '_bot1'));
    expect(fills.map(({ eventTime }) => eventTime)).toEqual(times);
    await recorded.hub.request('replay.seek', { deckId, fill: 'previous' });
    const back = await recorded.settled(deckId);
    expect(times).toContain(back.time);
    expect(back.time).toBeLessThan(times[2] ?? 0);
  });

  it('[T4] has notes written while it is looked at, on what it plays', async () => {
    const { instruments } = await recorded.open();
    const instrumentId = instruments[0]?.id ?? null;
    const note = await recorded.hub.request('journal.write', { text: 'Look again', instrumentId });
    expect(note).toMatchObject({ text: 'Look again', instrumentId: SOURCE });
    const { items } = await recorded.hub.request('journal.list', { search: 'look again' });
    expect(items).toHaveLength(1);
  });

  it('[T4] says where it is on its channel, ends those of a run that is over, and says goodbye', async () => {
    const views: DeckView[] = [];
    recorded.hub.socket.on('replay:deck', ({ deck }: PushPayload<'replay:deck'>) =>
      views.push(deck),
    );
    const deck = await recorded.open();
    const { id: deckId, fromTime } = deck;
    await recorded.hub.subscribe(channel.replayDeck(deckId));
    const trades: number[] = [];
    recorded.hub.socket.on('trade:new', (push: PushPayload<'trade:new'>) => {
      if (push.symbol === shown(deck)) trades.push(...push.trades.map((trade) => trade.timestamp));
    });
    await recorded.hub.subscribe(channel.trades(shown(deck)));
    await recorded.hub.request('replay.setSpeed', { deckId, speed: 100 });
    await drive('replay.play', deckId);
    await eventually(
      () => trades.length,
      (count) => count > 50,
    );
    const paused = await drive('replay.pause', deckId);
    expect(views.some(({ state }) => state === 'playing')).toBe(true);
    expect(Math.max(...trades)).toBeLessThanOrEqual(paused.time);
    const sought = await recorded.hub.request('replay.seek', { deckId, time: fromTime });
    expect(sought.run).toBe(2);
    const start = await recorded.hub.subscribe(channel.trades(shown(deck)));
    expect(start.pushes).toEqual([]);
    await recorded.hub.request('replay.close', { deckId });
    await eventually(
      () => views.at(-1)?.state,
      (state) => state === 'closed',
    );
    await expect(recorded.hub.subscribe(channel.replayDeck(deckId))).rejects.toThrow(
      'unknown_channel',
    );
    await expect(recorded.hub.subscribe(channel.trades(shown(deck)))).rejects.toThrow(
      'unknown_instrument',
    );
  });

  it('[T4] lets a user make, stop and remove bots in it, which live does not see', async () => {
    const deck = await recorded.open({ speed: 'max' });
    const created = await recorded.hub.request('bots.create', {
      ...GRID,
      instrumentId: shown(deck),
      params: { ...GRID.params },
    });
    const { botId } = created.status;
    expect(created.config.instrumentId).toBe(shown(deck));
    expect((await recorded.hub.request('replay.get', { deckId: deck.id })).botIds).toEqual([botId]);
    const live = await recorded.hub.request('bots.list', {});
    expect(live.bots.map(({ config }) => config.id)).not.toContain(botId);
    await drive('replay.play', deck.id);
    await recorded.settled(deck.id);
    const fills = await recorded.hub.request('fills.list', { botId, limit: 1_000 });
    expect(fills.items.length).toBeGreaterThan(10);
    expect(fills.items[0]?.instrumentId).toBe(shown(deck));
    await recorded.hub.request('bots.stop', { botId });
    await recorded.hub.request('bots.remove', { botId });
    expect((await recorded.hub.request('replay.get', { deckId: deck.id })).botIds).toEqual([]);
  });

  it('[T5] plays a recording with its books: the same fills as live had from it', async () => {
    const { config } = await recorded.hub.request('bots.create', { ...GRID, start: false });
    await recorded.hub.request('bots.start', { botId: config.id });
    const { feeds } = await recorded.hub.request('feeds.list', {});
    await recorded.hub.request('feeds.restart', { feedId: feeds[0]?.id ?? '' });
    await eventually(
      async () => (await recorded.hub.request('feeds.list', {})).feeds[0],
      (feed) => feed?.state.kind === 'ended',
    );
    await recorded.hub.request('bots.stop', { botId: config.id });
    const live = await fillsOf(config.id);
    expect(live.length).toBeGreaterThan(10);
    const replayed = await fillsWhen((deck) => drive('replay.play', deck.id), {
      ...{ instruments: undefined, file: SPOT_BTCUSDT, speed: 'max' },
    });
    expect(replayed).toEqual(live);
  });

  it('[T4] goes back in a recording to books and bots as they were, and leaves nothing of it on disk', async () => {
    const spools = () => readdirSync(spoolFolder);
    const deck = await recorded.open({ instruments: undefined, file: SPOT_BTCUSDT, bots: [GRID] });
    const { id: deckId, fromTime, slowSeek } = deck;
    const [instrumentId, botId] = [shown(deck), deck.botIds[0] ?? ''];
    expect(slowSeek).toBeNull();
    expect(spools()).toHaveLength(1);
    const stoodAt = async (afterMs: number) => {
      const time = (fromTime + afterMs) as EpochMs;
      const { seek } = await recorded.hub.request('replay.seek', { deckId, time });
      expect(seek).toMatchObject({ isShown: true });
      const book = await recorded.hub.request('orderbook.get', { instrumentId, depth: 1_000 });
      const arrived = await recorded.settled(deckId);
      expect(arrived).toMatchObject({ state: 'paused', time });
      return {
        book,
        fills: await fillsOf(botId),
        position: (await recorded.hub.request('bots.get', { botId })).position,
      };
    };
    const before = await stoodAt(100_000);
    expect(before.fills.length).toBeGreaterThan(2);
    await stoodAt(300_000);
    expect(await stoodAt(100_000)).toEqual(before);
    await recorded.hub.request('replay.close', { deckId });
    expect(spools()).toEqual([]);
  });

  it('[T4] is driven from the command line as from the screen', async () => {
    const bot = join(recorded.directory.path, 'deck-bot.json');
    writeFileSync(bot, JSON.stringify(GRID));
    const place = [
      '--port',
      new URL(recorded.monitor.url).port,
      '--data-dir',
      recorded.directory.path,
    ];
    const deck = (...args: string[]) => commandLine(['deck', ...args, ...place]);
    const viewOf = ({ answered }: Told): DeckView => JSON.parse(answered);
    const opened = viewOf(await deck('open', '--bot', bot, '--json'));
    expect(opened).toMatchObject({ state: 'paused', tradesPlayed: 0, speed: 1 });
    const { id, fromTime, toTime } = opened;
    expect((await deck('list')).answered).toContain(`${id}  paused   ${SOURCE}`);
    expect(viewOf(await deck('step', id, '--json'))).toMatchObject({ tradesPlayed: 1 });
    const middle = (fromTime + Math.round((toTime - fromTime) / 2)) as EpochMs;
    const sought = viewOf(await deck('seek', id, String(middle), '--json'));
    expect(sought).toMatchObject({ state: 'paused', time: middle });
    const next = viewOf(await deck('next-fill', id, '--json'));
    const before = viewOf(await deck('previous-fill', id, '--json'));
    expect(next.time).toBeGreaterThan(middle);
    expect(before.time).toBeLessThan(next.time);
    expect((await deck('speed', id, 'max')).answered).toContain('at max');
    expect((await deck('play', id, '--wait')).answered).toContain(`${id}  ended    ${SOURCE}`);
    expect((await recorded.hub.request('replay.get', { deckId: id })).tradesPlayed).toBe(TRADES);
    expect((await deck('pause', id)).exitCode).toBe(0);
    expect((await deck('close', id)).exitCode).toBe(0);
    const gone = await deck('play', id);
    expect([gone.exitCode, gone.told]).toEqual([1, expect.stringContaining(id)]);
    const nothing = await deck('open');
    expect([nothing.exitCode, nothing.told]).toEqual([1, expect.stringContaining('--instrument')]);
  });

  it('[T4] refuses what cannot be, in a sentence', async () => {
    const refusal = (request: Partial<RequestInput<'replay.open'>>) =>
      recorded.open(request).then(
        () => 'opened',
        (error: Error) => error.message,
      );
    expect(await refusal({ instruments: ['binance:BTC/USDT' as InstrumentId] })).toContain(
      'The tape holds no trade of binance:BTC/USDT',
    );
    expect(await refusal({ file: '/nowhere.gz', instruments: undefined })).toContain('no file');
    expect(await refusal({ file: '/nowhere.gz' })).toContain('either instruments or file');
    expect(await refusal({ fromTime: 1_000 as EpochMs, toTime: 2_000 as EpochMs })).toContain(
      'none of that stretch',
    );
    expect(await refusal({ bots: [{ ...GRID, strategy: 'luck' }] })).toContain('no strategy luck');
    for (let count = 0; count < 4; count += 1) expect(await refusal({})).toBe('opened');
    expect(await refusal({})).toContain('At most 4');
  });
});

interface Told {
  readonly exitCode: typeof process.exitCode;
  /** For programs. */
  readonly answered: string;
  /** For the person at the terminal. */
  readonly told: string;
}

/** A command in this process: a process of its own would take most of a second. */
async function commandLine(args: readonly string[]): Promise<Told> {
  const lines = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      lines[stream] += String(text);
      return true;
    });
  }
  const before = process.exitCode;
  try {
    await runCommandLine(['node', 'tapedeck', ...args]);
    return { exitCode: process.exitCode, answered: lines.stdout, told: lines.stderr };
  } finally {
    process.exitCode = before;
    vi.restoreAllMocks();
  }
}

/** Every row of every table. */
function dump(path: string): Record<string, unknown[]> {
  const database = new Database(path, { readonly: true });
  const tables = database
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .pluck()
    .all();
  const rows = Object.fromEntries(
    tables.map((name) => [name, database.prepare(`SELECT * FROM "${name}"`).all()]),
  );
  database.close();
  return rows;
}
