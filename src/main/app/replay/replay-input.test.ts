import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryDirectory } from '#tests/support/serve-process.ts';
import { readBots } from './replay-input.ts';

const BOT = {
  ...{ name: 'Cross', strategy: 'ma-cross', instrumentId: 'demo:BTC/USDT', initialCash: '1000' },
  params: { interval: '1m' },
};

describe('a bot of a file', () => {
  let directory: ReturnType<typeof temporaryDirectory>;
  beforeEach(() => {
    directory = temporaryDirectory();
  });
  afterEach(() => directory.remove());

  const read = (bot: object) => {
    const file = join(directory.path, 'bot.json');
    writeFileSync(file, JSON.stringify(bot));
    return readBots([file]);
  };

  it('may be one as it was printed, and is the same', () => {
    const written = read(BOT);
    expect(written.ok).toBe(true);
    const printed = { ...BOT, id: '0123456789ab', createdTime: 1, archivedTime: null };
    expect(read(printed)).toEqual(written);
  });

  it('is refused with what it says that no bot has', () => {
    expect(read({ ...BOT, levrage: 2 })).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/bot\.json: Unrecognized key: "levrage"$/) },
    });
  });
});
