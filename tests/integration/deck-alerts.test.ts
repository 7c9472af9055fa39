import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { channel } from '#contract/channels.ts';
import { deckInstrumentId } from '#contract/decks.ts';
import type { PushPayload } from '#contract/pushes.ts';
import type { RequestInput } from '#contract/requests.ts';
import type { Alert } from '#domain/alert.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs, Price } from '#domain/units.ts';
import { eventually } from '../support/hub-connection.ts';
import { GRID, RecordedDecks, SOURCE } from '../support/recorded-decks.ts';
import { hasRecordings, needsRecordings } from '../support/recordings.ts';
import { projectRoot } from '../support/serve-process.ts';

const run = promisify(execFile);
const LEVEL = 61_683 as Price;

const onSource = { instrumentId: SOURCE };
type Rules = Exclude<RequestInput<'replay.open'>['alerts'], string | undefined>;
const RULES: Rules = [
  {
    ...{ name: 'level', cooldownMs: 5_000, severity: 'critical' },
    condition: { ...onSource, kind: 'priceCross', level: LEVEL, direction: 'either' },
  },
  {
    ...{ name: 'held', cooldownMs: 1_000, forMs: 3_000 },
    condition: { ...onSource, kind: 'priceCross', level: LEVEL, direction: 'up' },
  },
  {
    ...{ name: 'move', cooldownMs: 1_000 },
    condition: {
      ...{ ...onSource, kind: 'priceMove', percent: 0.05, windowMs: 10_000, direction: 'either' },
    },
  },
  {
    ...{ name: 'volume', cooldownMs: 1_000 },
    condition: { ...onSource, kind: 'volumeSpike', ratio: 5, windowMs: 2_000, baselineWindows: 10 },
  },
  {
    ...{ name: 'loss', cooldownMs: 1_000 },
    condition: { kind: 'positionPnl', botId: null, level: '-5' as DecimalString, side: 'below' },
  },
  {
    ...{ name: 'drawdown', cooldownMs: 1_000 },
    condition: { kind: 'drawdown', botId: null, percent: 0.05 },
  },
];

describe.skipIf(!hasRecordings)(`alerts in a replay deck${needsRecordings}`, () => {
  const recorded = RecordedDecks.use();
  const open = (request: Partial<RequestInput<'replay.open'>> = {}) =>
    recorded.open({ bots: [GRID], alerts: RULES, speed: 'max', ...request });
  const alertsOf = async (deckId: string) =>
    (await recorded.hub.request('alerts.list', { deckId, limit: 1_000 })).items.toReversed();
  /** Without what tells one deck from another. */
  const plain = ({ id: _, labels, condition, ...alert }: Alert) => ({
    ...alert,
    labels: { ...labels, instrument: '', exchange: '', bot: '' },
    kind: condition.kind,
  });
  const play = async (request: Partial<RequestInput<'replay.open'>> = {}) => {
    const deck = await open(request);
    await recorded.hub.request('replay.play', { deckId: deck.id });
    expect((await recorded.settled(deck.id)).state).toBe('ended');
    return { deck, alerts: await alertsOf(deck.id) };
  };

  it('[T5] are the same at max, at 60×, by steps, after seeks, and headless', async () => {
    const { alerts, deck } = await play();
    const expected = alerts.map(plain);
    const names = new Set(alerts.map(({ ruleName }) => ruleName));
    expect([...names].toSorted()).toEqual(
      ['level', 'held', 'move', 'volume', 'loss', 'drawdown'].toSorted(),
    );
    expect(alerts[0]).toMatchObject({ id: `${deck.id}_alert1` });
    expect((await play({ speed: 60 })).alerts.map(plain)).toEqual(expected);

    const stepped = await open();
    for (;;) {
      const request = { deckId: stepped.id, by: 'candle', interval: '1m' } as const;
      if ((await recorded.hub.request('replay.step', request)).state === 'ended') break;
    }
    expect((await alertsOf(stepped.id)).map(plain)).toEqual(expected);

    const sought = await open();
    for (const share of [0.7, 0.2, 0.9, 1]) {
      const { fromTime, toTime, id: deckId } = sought;
      const time = (fromTime + Math.round((toTime - fromTime) * share)) as EpochMs;
      await recorded.hub.request('replay.seek', { deckId, time });
      await recorded.settled(deckId);
      const due = expected.filter(({ firedTime }) => firedTime <= time);
      expect(await alertsOf(deckId)).toHaveLength(due.length);
    }
    expect((await alertsOf(sought.id)).map(plain)).toEqual(expected);

    const files = {
      bot: join(recorded.directory.path, 'bot.json'),
      rules: join(recorded.directory.path, 'r.json'),
    };
    writeFileSync(files.bot, JSON.stringify(GRID));
    writeFileSync(files.rules, JSON.stringify(RULES));
    const { stdout } = await run(process.execPath, [
      ...[join(projectRoot, 'src/main/cli.ts'), 'replay', '--json', '--bot', files.bot],
      ...['--alert', files.rules, '--data-dir', recorded.directory.path],
    ]);
    expect(JSON.parse(stdout).alerts.map(plain)).toEqual(
      expected.map((alert) => ({ ...alert, ruleId: expect.any(String) })),
    );
  });

  it('[T4] are told under the deck’s names, and touch nothing of live', async () => {
    const liveBefore = await recorded.hub.request('alerts.list', {});
    const notifiedBefore = await recorded.hub.request('notifications.list', {});
    const told: PushPayload<'alert'>[] = [];
    recorded.hub.socket.on('alert', (push: PushPayload<'alert'>) => told.push(push));
    const deck = await open();
    const { id: deckId } = deck;
    expect(deck.alertRuleCount).toBe(RULES.length);
    await recorded.hub.subscribe(channel.alerts);
    await recorded.hub.subscribe(channel.replayAlerts(deckId));
    await recorded.hub.request('replay.play', { deckId });
    await recorded.settled(deckId);
    const alerts = await alertsOf(deckId);
    const last = alerts.at(-1);
    await eventually(
      () => told.some(({ id }) => id === last?.id),
      (isTold) => isTold,
    );
    expect(new Set(told.map((push) => push.channel))).toEqual(
      new Set([channel.replayAlerts(deckId)]),
    );
    expect(new Set(told.map(({ id }) => id))).toEqual(new Set(alerts.map(({ id }) => id)));
    const level = told.find(({ ruleName }) => ruleName === 'level');
    const instrument = deckInstrumentId(deckId, SOURCE);
    expect(level).toMatchObject({
      labels: { instrument, exchange: `${deckId}_replay` },
      condition: { instrumentId: instrument },
    });
    expect(alerts.find(({ ruleName }) => ruleName === 'loss')?.labels.bot).toBe(deck.botIds[0]);
    const { rules } = await recorded.hub.request('alerts.listRules', { deckId });
    expect(rules.map(({ name }) => name)).toEqual(RULES.map(({ name }) => name));
    expect(await recorded.hub.request('alerts.list', {})).toEqual(liveBefore);
    expect(await recorded.hub.request('notifications.list', {})).toEqual(notifiedBefore);
    await recorded.hub.request('replay.close', { deckId });
    await expect(recorded.hub.request('alerts.list', { deckId })).rejects.toThrow('not_found');
  });

  it('[T4] notify when the deck is asked to, and say that it is a replay', async () => {
    const titles: string[] = [];
    recorded.hub.socket.on('notification', ({ title }: PushPayload<'notification'>) =>
      titles.push(title),
    );
    await recorded.hub.subscribe(channel.user('owner', 'notifications'));
    await play({ bots: [], alerts: RULES.slice(0, 1), notify: true });
    await eventually(
      () => titles.includes('Replay: level'),
      (isTold) => isTold,
    );
  });

  it('[T4] are of copies of the live rules that are about the deck’s instruments or any bot', async () => {
    const create = (name: string, instrumentId: InstrumentId) =>
      recorded.hub.request('alerts.createRule', {
        name,
        condition: { kind: 'priceCross', instrumentId, level: LEVEL, direction: 'up' },
      });
    await create('mine', SOURCE);
    await create('another’s', 'demo:BTC/USDT' as InstrumentId);
    const deck = await open({ alerts: 'live', bots: [] });
    const { rules } = await recorded.hub.request('alerts.listRules', { deckId: deck.id });
    expect(rules.map(({ name }) => name)).toEqual(['mine']);
    expect(await open({ alerts: 'none', bots: [] })).toMatchObject({ alertRuleCount: 0 });
  });

  it('[T4] refuse rules that no deck can be watched by', async () => {
    for (const condition of [
      { kind: 'spread', instrumentId: 'demo:BTC/USDT' as InstrumentId, aboveBps: 1 },
      { kind: 'drawdown', botId: 'b1', percent: 1 },
      { kind: 'feedStale', exchange: null },
    ] as const) {
      await expect(open({ alerts: [{ name: 'no', condition }] })).rejects.toThrow('alerts: "no"');
    }
  });
});
