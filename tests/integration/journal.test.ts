import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RequestInput } from '#contract/requests.ts';
import type { Monitor } from '#main/app/monitor.ts';
import { HubConnection } from '#tests/support/hub-connection.ts';
import { temporaryDirectory } from '#tests/support/serve-process.ts';
import { connectTo, startTestMonitor } from '#tests/support/test-monitor.ts';

/** A picture is known by its first bytes; what follows them is nobody's business here. */
const PNG = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  Buffer.alloc(40_000, 7),
]);
const PART_BYTES = 6_000;

describe('the journal', () => {
  const directory = temporaryDirectory();
  let monitor: Monitor;
  let owner: HubConnection;
  let reader: HubConnection;

  beforeAll(start);
  afterAll(async () => {
    await stop();
    directory.remove();
  });

  async function start(): Promise<void> {
    monitor = await startTestMonitor({ dataDirectory: directory.path, feeds: ['demo'] });
    owner = await connectTo(monitor);
    const wish = { userId: 'reader', scopes: ['read' as const], expiresInSeconds: 600 };
    const { token } = await owner.request('tokens.issue', wish);
    reader = await HubConnection.connect(monitor.url, token);
  }
  async function stop(): Promise<void> {
    owner.close();
    reader.close();
    await monitor.close();
  }
  const write = (text: string, more: Partial<RequestInput<'journal.write'>> = {}) =>
    owner.request('journal.write', { text, ...more });
  const texts = async (query: RequestInput<'journal.list'> = {}) =>
    (await owner.request('journal.list', query)).items.map(({ text }) => text);

  async function attach(entryId: string, picture: Buffer): Promise<boolean[]> {
    const parts = Math.ceil(picture.length / PART_BYTES);
    const told: boolean[] = [];
    for (let part = 0; part < parts; part++) {
      const bytes = picture.subarray(part * PART_BYTES, (part + 1) * PART_BYTES);
      const data = bytes.toString('base64');
      told.push((await owner.request('journal.attach', { entryId, part, parts, data })).isComplete);
    }
    return told;
  }

  it('keeps notes on fills and days, finds them by word, day and fill, and pages', async () => {
    const day = { kind: 'day', date: '2024-08-08' } as const;
    const fill = { kind: 'fill', botId: 'b1', fillId: 'b1-f7' } as const;
    await write('Stood aside before the news', { subject: day });
    await write('Bought too early: 너무 일찍', { subject: fill });
    await write('Free thoughts');
    expect(await texts()).toEqual([
      'Free thoughts',
      'Bought too early: 너무 일찍',
      'Stood aside before the news',
    ]);
    expect(await texts({ search: 'TOO EARLY' })).toHaveLength(1);
    expect(await texts({ search: '일찍' })).toHaveLength(1);
    expect(await texts({ search: '%' })).toEqual([]);
    expect(await texts({ date: '2024-08-08' })).toEqual(['Stood aside before the news']);
    expect(await texts({ fillId: 'b1-f7' })).toHaveLength(1);
    const marks = async (botId: string) =>
      (await owner.request('journal.marks', { botId })).fillIds;
    await write('And sold too late', { subject: fill });
    expect([await marks('b1'), await marks('b2')]).toEqual([['b1-f7'], []]);
    await expect(reader.request('journal.marks', { botId: 'b1' })).rejects.toThrow('access_denied');
    const [second] = (await owner.request('journal.list', { fillId: 'b1-f7', limit: 1 })).items;
    await owner.request('journal.remove', { entryId: second?.id ?? '' });
    const { items, nextBefore } = await owner.request('journal.list', { limit: 2 });
    expect(items).toHaveLength(2);
    expect(await texts({ before: nextBefore ?? '' })).toEqual(['Stood aside before the news']);
  });

  it('[X4.7] keeps notes on fills of bots that run elsewhere, whatever they call them', async () => {
    const botId = 'b'.repeat(64);
    const fillId = `${botId}:${'f'.repeat(128)}`;
    await write('Of a long name', { subject: { kind: 'fill', botId, fillId } });
    expect(await texts({ fillId })).toEqual(['Of a long name']);
    expect(await owner.request('journal.marks', { botId })).toEqual({ fillIds: [fillId] });
  });

  it('has a picture with a note, sent in parts, whole again after a restart', async () => {
    const { id } = await write('With the chart');
    const told = await attach(id, PNG);
    expect(told.slice(0, -1)).not.toContain(true);
    expect(told.at(-1)).toBe(true);
    await stop();
    await start();
    const { mediaType, data } = await owner.request('journal.snapshot', { entryId: id });
    expect(mediaType).toBe('image/png');
    expect(Buffer.from(data, 'base64').equals(PNG)).toBe(true);
    const { items } = await owner.request('journal.list', { search: 'With the chart' });
    expect(items).toMatchObject([{ id, hasSnapshot: true }]);
  });

  it('takes no part out of order, and nothing that is no picture', async () => {
    const { id: entryId } = await write('Unlucky');
    const data = Buffer.from('<script>').toString('base64');
    await expect(
      owner.request('journal.attach', { entryId, part: 1, parts: 2, data }),
    ).rejects.toThrow(/begin again/);
    await expect(
      owner.request('journal.attach', { entryId, part: 0, parts: 1, data }),
    ).rejects.toThrow(/neither a PNG/);
    await expect(
      owner.request('journal.attach', { entryId, part: 2, parts: 2, data }),
    ).rejects.toThrow(/beyond/);
    await expect(owner.request('journal.snapshot', { entryId })).rejects.toThrow(/No picture/);
    await expect(write('x'.repeat(2_501))).rejects.toThrow(/text/);
    await expect(write('y', { subject: { kind: 'day', date: '2024-02-30' } })).rejects.toThrow(
      /date/,
    );
  });

  it('is changed and removed, the picture with it', async () => {
    const { id: entryId, createdTime } = await write('First thought');
    await attach(entryId, PNG);
    const changed = await owner.request('journal.rewrite', { entryId, text: 'Second thought' });
    expect(changed).toMatchObject({ text: 'Second thought', createdTime });
    expect(changed.updatedTime).toBeGreaterThanOrEqual(createdTime);
    await owner.request('journal.remove', { entryId });
    expect(await texts({ search: 'thought' })).toEqual(['Free thoughts']);
    await expect(owner.request('journal.snapshot', { entryId })).rejects.toThrow(/no note/);
  });

  it('[H2] shows everybody his own notes only', async () => {
    const { id: entryId } = await write('Not for others');
    expect((await reader.request('journal.list', {})).items).toEqual([]);
    for (const method of ['journal.remove', 'journal.snapshot'] as const) {
      await expect(reader.request(method, { entryId })).rejects.toThrow(/no note/);
    }
    await expect(reader.request('journal.rewrite', { entryId, text: 'Mine now' })).rejects.toThrow(
      /no note/,
    );
    await reader.request('journal.write', { text: 'A reader’s own' });
    expect(await texts({ search: 'own' })).toEqual([]);
  });
});
