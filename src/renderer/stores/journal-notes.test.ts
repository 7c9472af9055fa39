import { describe, expect, it } from 'vitest';
import { fail } from '#contract/errors.ts';
import { settled, storesOnHub } from '#tests/fakes/stores-on-hub.ts';
import { journalEntry } from './journal.fixture.ts';
import { changingNote, followNotes, removeNote } from './journal-notes.ts';
import { createStores } from './stores.ts';

const onFill = journalEntry('n2', 'Too early', {
  subject: { kind: 'fill', botId: 'b1', fillId: 'f1' },
});

function start() {
  const kept = [journalEntry('n3', 'Newest'), onFill];
  const { transport, client, stores } = storesOnHub(createStores(), {
    'journal.list': () => ({ items: [...kept], nextBefore: null }),
    'journal.marks': () => ({ fillIds: [] }),
    'journal.remove': (params) => {
      const { entryId } = params as { entryId: string };
      const at = kept.findIndex(({ id }) => id === entryId);
      kept.splice(at, 1);
      return { entryId };
    },
  });
  const ids = () => stores.journalNotes.list().map(({ id }) => id);
  return { kept, transport, client, stores, notes: stores.journalNotes, ids };
}

describe('the notes that the page knows', () => {
  it('are the newest, at every connection and whenever the palette is opened', async () => {
    const { kept, transport, client, stores, ids } = start();
    const end = followNotes(client, stores);
    transport.connect();
    await settled();
    expect(ids()).toEqual(['n3', 'n2']);
    // By another window.
    kept.unshift(journalEntry('n4', 'Elsewhere'));
    stores.palette.setState({ isOpen: true });
    await settled();
    expect(ids()).toEqual(['n4', 'n3', 'n2']);
    end();
    kept.pop();
    stores.palette.setState({ isOpen: false });
    stores.palette.setState({ isOpen: true });
    await settled();
    expect(ids()).toEqual(['n4', 'n3', 'n2']);
  });

  it('are those that the journal shows first, and each once', async () => {
    const { transport, client, notes, ids } = start();
    transport.connect();
    await notes.load(client);
    const end = notes.show([journalEntry('n1', 'Old'), onFill]);
    expect(ids()).toEqual(['n1', 'n2', 'n3']);
    end();
    expect(ids()).toEqual(['n3', 'n2']);
  });

  it('are asked for again by all who show them when one is removed, with the marks of its bot', async () => {
    const { transport, client, stores, notes, ids } = start();
    transport.connect();
    await notes.load(client);
    stores.journalMarks.setState({ b1: new Set(['f1']) });
    const asked: string[] = [];
    const ends = ['journal', 'fill'].map((who) => notes.read(async () => void asked.push(who)));
    ends[1]?.();
    expect((await removeNote({ client, stores }, onFill)).ok).toBe(true);
    expect(asked).toEqual(['journal']);
    expect(ids()).toEqual(['n3']);
    expect(stores.journalMarks.getState()['b1']).toEqual(new Set());
  });

  it('are asked for again, too, where one was removed elsewhere', async () => {
    const { kept, transport, client, stores, notes, ids } = start();
    transport.connect();
    await notes.load(client);
    kept.shift();
    const refused = Promise.resolve(fail('not_found', 'There is no note n3'));
    await changingNote({ client, stores }, { kind: 'none' }, refused);
    expect(ids()).toEqual(['n2']);
  });
});
