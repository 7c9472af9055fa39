/** How bytes end: null when whole, else why not; everything before was handed out. */
export type Damage = { readonly reason: string } | null;
export type InputBytes = AsyncGenerator<Buffer, Damage>;

/** Unpacks gzip and hands out all that comes before a damage. */
export type Gunzip = (packed: AsyncIterable<Buffer>) => InputBytes;

/** One file of data: the file itself, or one in an archive. */
export interface InputPart {
  readonly name: string;
  bytes(): InputBytes;
}

/**
 * To be read one after the other, each to its end. Packed data are looked through before: a damaged
 * byte unpacks to wrong trades long before anyone notices, so that nothing of such a part is read.
 * What was cut off is right as far as it goes.
 */
export type InputParts = AsyncGenerator<InputPart, Damage>;

/** Unpacking takes about that much of the time that importing takes. */
const CHECK_SHARE = 0.1;

/** How much of a file, in bytes as it lies on disk, was looked through, and read. */
export class InputMeter {
  checked = 0;
  read = 0;
  readonly #total: number;

  constructor(total: number) {
    this.#total = total;
  }

  /** 0 to 1, and never back. */
  get progress(): number {
    const share = (bytes: number) => Math.min(1, bytes / this.#total);
    const checked = Math.max(this.checked, this.read);
    return CHECK_SHARE * share(checked) + (1 - CHECK_SHARE) * share(this.read);
  }
}

export interface InputOptions {
  readonly gunzip: Gunzip;
  /** Ends looking through, too. */
  readonly signal: AbortSignal;
  readonly onProgress: () => void;
}

export interface InputWays {
  readonly file: string;
  readonly meter: InputMeter;
  readonly options: InputOptions;
}
