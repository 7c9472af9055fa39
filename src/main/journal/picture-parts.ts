import { fail, type Result, succeed } from '#contract/errors.ts';
import type { RequestParams } from '#contract/requests.ts';
import type { Clock } from '#domain/clock.ts';

type Part = RequestParams<'journal.attach'>;

interface Unfinished {
  readonly parts: number;
  readonly chunks: Buffer[];
  lastTime: number;
}

/** Of a picture that is not gone on with for so long, what came is forgotten. */
const FORGOTTEN_AFTER_MS = 60_000;
/** At once; each is at most 1 MB. */
const MOST_UNFINISHED = 8;

/** Pictures on their way here, part by part, in bounded memory. */
export class PictureParts {
  readonly #clock: Clock;
  /** By entry; the one that was gone on with last stands last. */
  readonly #unfinished = new Map<string, Unfinished>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The whole of it with its last part, null before that. The first part begins anew. */
  take({ entryId, part, parts, data }: Part): Result<Buffer | null> {
    const now = this.#clock.now();
    this.#forgetOld(now);
    const known = part === 0 ? { parts, chunks: [], lastTime: now } : this.#unfinished.get(entryId);
    this.#unfinished.delete(entryId);
    if (!known || known.parts !== parts || known.chunks.length !== part) {
      return fail('conflict', 'part: the one before it is missing; begin again with 0');
    }
    known.chunks.push(Buffer.from(data, 'base64'));
    known.lastTime = now;
    if (known.chunks.length === parts) return succeed(Buffer.concat(known.chunks));
    this.#unfinished.set(entryId, known);
    return succeed(null);
  }

  #forgetOld(now: number): void {
    for (const [entryId, { lastTime }] of this.#unfinished) {
      const isOld = now - lastTime > FORGOTTEN_AFTER_MS;
      if (isOld || this.#unfinished.size >= MOST_UNFINISHED) this.#unfinished.delete(entryId);
    }
  }
}
