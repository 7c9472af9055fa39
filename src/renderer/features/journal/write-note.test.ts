import { describe, expect, it } from 'vitest';
import type { ClientPayload } from '#contract/client-events.ts';
import { fail } from '#contract/errors.ts';
import { settled, storesOnHub } from '#tests/fakes/stores-on-hub.ts';
import { journalEntry } from '../../stores/journal.fixture.ts';
import { writeNote } from './write-note.ts';

const draft = { text: 'Too early', instrumentId: null } as const;
const picture = () => new Blob([new Uint8Array(13_000)], { type: 'image/png' });

/** A hub that takes so many parts of a picture. */
async function start({ keepsNotes = true, takesParts = Number.POSITIVE_INFINITY } = {}) {
  const { transport, client } = storesOnHub({});
  const attached: unknown[] = [];
  transport.answer('request', ({ method, params }: ClientPayload<'request'>) => {
    if (method === 'journal.write' && keepsNotes) {
      return { ok: true, result: journalEntry('n1', draft.text) };
    }
    if (method === 'journal.attach' && attached.length < takesParts) {
      const { entryId, part, parts } = params as Record<string, unknown>;
      attached.push([entryId, part, parts]);
      return { ok: true, result: { isComplete: part === 2 } };
    }
    return fail('unavailable', 'The disk is full.');
  });
  transport.connect();
  await settled();
  return { client, attached };
}

describe('a note that is written', () => {
  it('has its picture sent behind it, in parts that are small enough for the hub', async () => {
    const { client, attached } = await start();
    const reply = await writeNote(client, draft, picture());
    expect(reply).toEqual({ ok: true, value: { pictureRefusal: null } });
    expect(attached).toEqual([0, 1, 2].map((part) => ['n1', part, 3]));
  });

  it('is written where there is no picture', async () => {
    const { client, attached } = await start();
    const reply = await writeNote(client, draft, null);
    expect(reply).toEqual({ ok: true, value: { pictureRefusal: null } });
    expect(attached).toEqual([]);
  });

  it('is written where its picture is refused, so that nobody writes it twice', async () => {
    const { client } = await start({ takesParts: 1 });
    const reply = await writeNote(client, draft, picture());
    expect(reply).toEqual({ ok: true, value: { pictureRefusal: 'The disk is full.' } });
  });

  it('has failed where it is refused itself', async () => {
    const { client, attached } = await start({ keepsNotes: false });
    const reply = await writeNote(client, draft, picture());
    expect(reply).toEqual(fail('unavailable', 'The disk is full.'));
    expect(attached).toEqual([]);
  });
});
