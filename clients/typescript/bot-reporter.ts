import { randomUUID } from 'node:crypto';
import { Outbox } from './outbox.ts';

interface AnyRecord {
  readonly botId: string;
  readonly id: string;
  readonly kind: string;
  readonly data: object;
}

type Answer =
  | { readonly ok: true }
  | { readonly ok: false; readonly error: { readonly code: string; readonly message: string } };

/** What it needs of a hub: `connectToHub` of `@tapedeck/hub-client` gives one. */
export interface ReportingHub<R extends AnyRecord> {
  publish(record: R): Promise<Answer>;
  onConnection(listener: (state: { readonly kind: string }) => void): () => void;
}

/** A record without what the reporter gives it. */
export type Report<R extends AnyRecord> = R extends AnyRecord ? Omit<R, 'botId' | 'id'> : never;

export interface BotReporterOptions<R extends AnyRecord> {
  readonly hub: ReportingHub<R>;
  readonly botId: string;
  /** Where records wait for the hub's answer; of this bot alone. */
  readonly file: string;
  /** A record that the hub will never take: it is wrong, or not allowed. It is not sent again. */
  readonly onRefused?: (
    record: R,
    error: { readonly code: string; readonly message: string },
  ) => void;
}

/** Answers that say: later. */
const FOR_LATER: ReadonlySet<string> = new Set(['unavailable', 'rate_limited', 'unauthorized']);
const RETRY_AFTER_MS = 1_000;

/**
 * Reports for one external bot, through whatever happens to the hub, the network and the bot itself:
 * each record is in a file before `report` returns, goes out in the order in which it was given, with
 * the same id however often it is sent, and leaves the file when the hub has it on disk (rules X4.1
 * to X4.3).
 */
export class BotReporter<R extends AnyRecord> {
  readonly #options: BotReporterOptions<R>;
  readonly #outbox: Outbox<R>;
  readonly #stopListening: () => void;
  readonly #run = randomUUID();
  #count = 0;
  #isSending = false;
  #isStopped = false;
  #timer: NodeJS.Timeout | null = null;
  #waiting: (() => void)[] = [];

  constructor(options: BotReporterOptions<R>) {
    this.#options = options;
    this.#outbox = new Outbox(options.file);
    this.#stopListening = options.hub.onConnection(({ kind }) => {
      if (kind === 'connected') void this.#send();
    });
  }

  /** How many records the hub has not answered yet. */
  get pending(): number {
    return this.#outbox.size;
  }

  /** Written down when it returns, and sent as soon as it can be. */
  report(report: Report<R>): void {
    this.#count += 1;
    const id = `${this.#run}-${this.#count}`;
    this.#outbox.add({ ...report, botId: this.#options.botId, id } as unknown as R);
    void this.#send();
  }

  /** When all that was reported so far, and what comes meanwhile, is with the hub. */
  async delivered(): Promise<void> {
    if (this.#outbox.size === 0) return;
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** What waits stays in the file, for the next start. */
  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#stopListening();
    if (this.#timer) clearTimeout(this.#timer);
    if (!this.#isSending) this.#outbox.close();
  }

  async #send(): Promise<void> {
    if (this.#isSending || this.#isStopped) return;
    this.#isSending = true;
    let isForLater = false;
    while (!this.#isStopped && !isForLater && this.#outbox.first) {
      isForLater = !(await this.#sendOne(this.#outbox.first));
    }
    this.#isSending = false;
    if (this.#isStopped) this.#outbox.close();
    else if (isForLater) this.#tryLater();
    else for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** One after the other: what comes behind a record must not arrive before it. */
  async #sendOne(record: R): Promise<boolean> {
    const answer = await this.#options.hub.publish(record);
    if (!answer.ok && FOR_LATER.has(answer.error.code)) return false;
    if (!answer.ok) this.#options.onRefused?.(record, answer.error);
    this.#outbox.answered(record.id);
    return true;
  }

  #tryLater(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#send(), RETRY_AFTER_MS);
  }
}
