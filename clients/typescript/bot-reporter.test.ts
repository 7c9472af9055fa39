import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeRecord, FakeReportingHub } from '#tests/fakes/fake-reporting-hub.ts';
import { BotReporter, type BotReporterOptions } from './bot-reporter.ts';

let folder: string;
let hub: FakeReportingHub;
let reporter: BotReporter<FakeRecord> | undefined;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-reporter-'));
  hub = new FakeReportingHub();
});
afterEach(() => {
  reporter?.stop();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

function open(options: Partial<BotReporterOptions<FakeRecord>> = {}): BotReporter<FakeRecord> {
  const file = join(folder, 'outbox');
  reporter = new BotReporter<FakeRecord>({ hub, botId: 'b', file, isSynced: false, ...options });
  return reporter;
}
const logs = (from: number, to: number): void => {
  for (let number = from; number <= to; number += 1) {
    reporter?.report({ kind: 'log', data: { message: String(number) } });
  }
};
const messages = () => hub.kept.map(({ data }) => data.message);
const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));
const states = () => hub.kept.map(({ data }) => data.state);

describe('a bot’s reporter', () => {
  it('[X4.3] has many under way at a time, in order', async () => {
    open();
    logs(1, 300);
    hub.connect();
    await hub.answerAll();
    expect(messages()).toEqual(numbers(300));
    expect(hub.sent).toHaveLength(300);
    expect(hub.widest).toBe(64);
    expect(reporter?.pending).toBe(0);
  });

  it('sends nothing for which the hub would cut the connection, and says so', async () => {
    const refused: string[] = [];
    open({ onRefused: ({ data }, { code }) => refused.push(`${data.message?.at(0)} ${code}`) });
    hub.connect();
    logs(1, 1);
    // As long as a line of a log may be, and in letters of three bytes.
    reporter?.report({ kind: 'log', data: { message: '가'.repeat(4_000) } });
    logs(2, 2);
    await hub.answerAll();
    expect(messages()).toEqual(numbers(2));
    expect(refused).toEqual(['가 message_too_large']);
    expect(reporter?.pending).toBe(0);
  });

  it('[X4.2] begins again at the first unanswered one after a break, with the same ids', async () => {
    open();
    hub.connect();
    logs(1, 100);
    await hub.answerAll();
    logs(101, 200);
    const ids = hub.sent.slice(100).map(({ id }) => id);
    expect(ids).toHaveLength(64);
    hub.drop();
    logs(201, 210);
    hub.connect();
    await hub.answerAll();
    expect(hub.sent.slice(164, 228).map(({ id }) => id)).toEqual(ids);
    expect(messages()).toEqual(numbers(210));
  });

  it('[X4.3] keeps the order where some in the middle are put off', async () => {
    open();
    logs(1, 200);
    let putOff = 3;
    hub.refuse = ({ data }) =>
      Number(data.message) % 50 === 0 && putOff-- > 0 ? 'rate_limited' : undefined;
    hub.connect();
    for (let second = 0; second < 8; second += 1) {
      await hub.answerAll();
      vi.advanceTimersByTime(1_000);
    }
    expect(putOff).toBeLessThanOrEqual(0);
    expect(messages()).toEqual(numbers(200));
  });

  it('[X4.3] goes on without what is refused for good, at the cost of few other refusals', async () => {
    const refused: (string | undefined)[] = [];
    open({ onRefused: ({ data }) => refused.push(data.message) });
    logs(1, 200);
    const bad = ['20', '21', '22', '23', '24', '150'];
    hub.refuse = ({ data }) => (bad.includes(data.message ?? '') ? 'invalid_payload' : undefined);
    hub.connect();
    for (let turn = 0; turn < 10; turn += 1) {
      await hub.answerAll();
      vi.advanceTimersByTime(1);
    }
    expect(refused).toEqual(bad);
    expect(messages()).toEqual(numbers(200).filter((number) => !bad.includes(number)));
    // Of 200 in ten seconds the hub cuts the connection (rule H4).
    expect(hub.sent.length - hub.kept.length).toBeLessThan(150);
  });

  it('[X4.6] says now and then that it is there, while it runs and somebody hears it', async () => {
    open();
    const wait = async () => {
      vi.advanceTimersByTime(20_000);
      await hub.answerAll();
    };
    hub.connect();
    await wait();
    expect(hub.kept).toEqual([]);
    reporter?.report({ kind: 'status', data: { state: 'running', name: 'B' } });
    await wait();
    expect(hub.kept).toHaveLength(1);
    await wait();
    await wait();
    expect(states()).toEqual(['running', 'running', 'running']);
    hub.drop();
    await wait();
    expect(reporter?.pending).toBe(0);
    hub.connect();
    reporter?.report({ kind: 'status', data: { state: 'stopped' } });
    await wait();
    await wait();
    expect(states()).toEqual(['running', 'running', 'running', 'stopped']);
  });

  it('[X4.9] says that it can be stopped where it can, follows each wish once, and answers', async () => {
    const onStop = vi.fn();
    open({ onStop });
    hub.connect();
    logs(1, 1);
    const wish = { botId: 'b', command: 'stop', id: 'c1' };
    hub.command({ ...wish, botId: 'another' });
    hub.command({ ...wish, command: 'dance' });
    await hub.answerAll();
    expect(hub.kept.map(({ kind }) => kind)).toEqual(['status', 'log']);
    expect(hub.kept[0]?.data).toEqual({ state: 'running', capabilities: ['stop'] });
    expect(onStop).not.toHaveBeenCalled();
    hub.command(wish);
    hub.command(wish);
    await vi.waitFor(() => expect(reporter?.pending).toBe(1));
    await hub.answerAll();
    expect(onStop).toHaveBeenCalledTimes(1);
    expect(hub.kept.at(-1)?.data).toEqual({ state: 'stopped', capabilities: ['stop'] });
  });

  it('[X4.9] says so where it could not stop, and tries again when told again', async () => {
    const onStop = vi.fn().mockRejectedValueOnce(new Error('the exchange is away'));
    open({ onStop });
    hub.connect();
    const wish = { botId: 'b', command: 'stop', id: 'c1' };
    hub.command(wish);
    await vi.waitFor(() => expect(reporter?.pending).toBe(2));
    await hub.answerAll();
    expect(hub.kept.at(-1)?.data.message).toMatch(/could not stop: .*the exchange is away/);
    expect(states()).not.toContain('stopped');
    hub.command(wish);
    await vi.waitFor(() => expect(reporter?.pending).toBe(1));
    await hub.answerAll();
    expect(states().at(-1)).toBe('stopped');
  });
});
