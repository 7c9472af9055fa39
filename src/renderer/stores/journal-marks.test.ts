import { expect, it } from 'vitest';
import { createJournalMarks, loadJournalMarks } from './journal-marks.ts';

it('knows the fills of each bot that have notes, and keeps them where the hub does not answer', async () => {
  const marks = createJournalMarks();
  let isThere = true;
  const client = {
    request: async (_method: string, { botId }: { botId: string }) =>
      isThere
        ? { ok: true, value: { fillIds: [`${botId}-f1`, `${botId}-f2`] } }
        : { ok: false, error: { code: 'unavailable', message: '' } },
  } as unknown as Parameters<typeof loadJournalMarks>[0];
  await loadJournalMarks(client, marks, 'a');
  await loadJournalMarks(client, marks, 'b');
  isThere = false;
  await loadJournalMarks(client, marks, 'b');
  expect(marks.getState()).toEqual({
    a: new Set(['a-f1', 'a-f2']),
    b: new Set(['b-f1', 'b-f2']),
  });
});
