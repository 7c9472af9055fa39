import { type Result, succeed } from '#contract/errors.ts';
import type { RequestInput } from '#contract/requests.ts';
import type { HubClient } from '../../client/hub-client.ts';
import { pictureParts } from './picture-parts.ts';

export interface WrittenNote {
  /** Why the note is kept without its picture; null where nothing is missing. */
  readonly pictureRefusal: string | null;
}

/** Keeps a note and its picture (null: none is wanted, or there is no chart). */
export async function writeNote(
  client: Pick<HubClient, 'request'>,
  draft: RequestInput<'journal.write'>,
  picture: Blob | null,
): Promise<Result<WrittenNote>> {
  const written = await client.request('journal.write', draft);
  if (!written.ok) return written;
  if (picture === null) return succeed({ pictureRefusal: null });
  const parts = pictureParts(new Uint8Array(await picture.arrayBuffer()));
  for (const [part, data] of parts.entries()) {
    const position = { entryId: written.value.id, part, parts: parts.length };
    const taken = await client.request('journal.attach', { ...position, data });
    if (!taken.ok) return succeed({ pictureRefusal: taken.error.message });
  }
  return succeed({ pictureRefusal: null });
}
