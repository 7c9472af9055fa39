import type { Fault } from './fake-exchange.ts';

const LASTING: ReadonlySet<Fault> = new Set([
  'silence',
  'rateLimited',
  'geoBlocked',
  'slow',
  'clockSkew',
]);

/** One message to the subscribers of a stream, before faults. */
export interface Frame {
  /** Two frames of one stream are in order with one another. */
  readonly stream: string;
  readonly kind: 'trade' | 'book' | 'other';
  readonly text: string;
  /** The same with a wrong checksum; absent where the exchange has none. */
  readonly withBadChecksum?: () => string;
}

/** What becomes of a frame: `half`: half of it comes first; `hold`: it comes after the next one. */
export type Distortion = 'none' | 'drop' | 'twice' | 'half' | 'hold' | 'release';

/** What a fault hits; `any`: a trade or a book, whichever comes first. */
type Hit = 'trade' | 'book' | 'any';
/** Faults that distort single frames; armed by `inject`, each works once on each of its hits. */
type FrameFault = 'outOfOrder' | 'duplicate' | 'bookGap' | 'badChecksum' | 'malformed';
const FRAME_FAULTS: Record<FrameFault, readonly Hit[]> = {
  outOfOrder: ['trade', 'book'],
  duplicate: ['trade', 'book'],
  bookGap: ['book'],
  badChecksum: ['book'],
  malformed: ['any'],
};
const isFrameFault = (fault: Fault): fault is FrameFault => fault in FRAME_FAULTS;

/** Knows which faults are on, and what becomes of a frame under them. */
export class FaultBox {
  readonly #lasting = new Set<Fault>();
  readonly #armed = new Set<`${FrameFault}:${Hit}`>();
  readonly #waiting: { readonly armed: string; readonly resolve: () => void }[] = [];
  /** Streams of which a frame waits for its successor. */
  readonly #held = new Set<string>();

  inject(fault: Fault): void {
    if (LASTING.has(fault)) this.#lasting.add(fault);
    if (!isFrameFault(fault)) return;
    for (const kind of FRAME_FAULTS[fault]) this.#armed.add(`${fault}:${kind}`);
  }

  heal(): void {
    this.#lasting.clear();
  }

  isOn(fault: Fault): boolean {
    return this.#lasting.has(fault);
  }

  /** Resolves when what is armed of this fault has hit a frame of this kind; at once where nothing is. */
  struck(fault: Fault, kind: 'trade' | 'book'): Promise<void> {
    const armed = [...this.#armed].find(
      (each) => each === `${fault}:${kind}` || each === `${fault}:any`,
    );
    return new Promise((resolve) => {
      if (armed === undefined) resolve();
      else this.#waiting.push({ armed, resolve });
    });
  }

  /** Asked once for each frame that someone is to be told. */
  distort(frame: Frame): Distortion {
    if (this.#held.delete(frame.stream)) return 'release';
    if (this.#take('bookGap', frame)) return 'drop';
    if (this.#take('duplicate', frame)) return 'twice';
    if (this.#take('malformed', frame)) return 'half';
    if (!this.#take('outOfOrder', frame)) return 'none';
    this.#held.add(frame.stream);
    return 'hold';
  }

  /** Whether this frame is to carry a wrong checksum. */
  spoilsChecksum(frame: Frame): boolean {
    return frame.withBadChecksum !== undefined && this.#take('badChecksum', frame);
  }

  #take(fault: FrameFault, { kind }: Frame): boolean {
    if (kind === 'other') return false;
    const armed = ([`${fault}:${kind}`, `${fault}:any`] as const).find((each) =>
      this.#armed.delete(each),
    );
    for (const waiting of this.#waiting) if (waiting.armed === armed) waiting.resolve();
    return armed !== undefined;
  }
}
