import type { Outbox } from './outbox.ts';
import type { Answer, AnyRecord, Refusal } from './reporting-hub.ts';

/** Answers that say: later. */
const FOR_LATER: ReadonlySet<string> = new Set(['unavailable', 'rate_limited', 'unauthorized']);
const RETRY_AFTER_MS = 1_000;
/** Under way at a time, once the first answers were good. */
const WIDEST_WINDOW = 64;
/** Together below the 5,000 records a second that a connection may send (rule X4.8). */
const SLOT_MS = 100;
const RECORDS_A_SLOT = 400;
/** The hub cuts a connection that brings a message beyond 10 KiB: room is left for the event around a record. */
const MOST_BYTES = 10 * 1_024 - 512;
const TOO_LARGE: Refusal = {
  code: 'message_too_large',
  message: `A record may have ${MOST_BYTES} bytes`,
};
/** Of a round that never comes to its end, so many are kept that are sent already. */
const MOST_SENT = 1_000;

export interface DeliveryOptions<R extends AnyRecord> {
  readonly outbox: Outbox<R>;
  readonly publish: (record: R & { readonly after?: string }) => Promise<Answer>;
  readonly onRefused: (record: R, refusal: Refusal) => void;
  /** Nothing waits any more. */
  readonly onEmpty: () => void;
}

/**
 * Takes what waits in an outbox to the hub, in order and many at a time. Each record names the one
 * `after` which it comes for as long as that is not acknowledged, and the hub takes none before it
 * (rule X4.3). After an answer that is no good, or a break, a new round begins at the oldest that
 * waits, narrow at first: then a run of bad records costs few refusals.
 */
export class Delivery<R extends AnyRecord> {
  readonly #options: DeliveryOptions<R>;
  /** What this round has to send, from `#next` on. */
  #round: R[] = [];
  #next = 0;
  #number = 0;
  #last: string | undefined;
  #underWay = 0;
  #window = 1;
  #isOpen = false;
  #isStopped = false;
  #slot = { endTime: 0, count: 0 };
  #timer: NodeJS.Timeout | null = null;

  constructor(options: DeliveryOptions<R>) {
    this.#options = options;
  }

  /** The way is free: all that waits goes out from the first on, what was under way included. */
  begin(): void {
    this.#close();
    this.#isOpen = true;
    this.#round = [...this.#options.outbox.pending];
    this.#send();
  }

  /** It is in the outbox, as the last. */
  add(record: R): void {
    if (!this.#isOpen) return;
    if (this.#next >= MOST_SENT) {
      this.#round.splice(0, this.#next);
      this.#next = 0;
    }
    this.#round.push(record);
    this.#send();
  }

  /** Until the next `begin`: the connection is gone. */
  pause(): void {
    this.#close();
  }

  /** For good: the outbox is not touched any more. */
  stop(): void {
    this.#isStopped = true;
    this.#close();
  }

  /** Ends the round: what is still answered of it counts only where it is good. */
  #close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#number += 1;
    this.#round = [];
    this.#next = 0;
    this.#last = undefined;
    this.#underWay = 0;
    this.#window = 1;
    this.#isOpen = false;
  }

  #send(): void {
    while (this.#underWay < this.#window) {
      const record = this.#round[this.#next];
      if (!record) {
        this.#round = [];
        this.#next = 0;
        return;
      }
      if (!this.#hasRoom()) return;
      this.#next += 1;
      if (!this.#options.outbox.has(record.id)) continue;
      if (bytesOf(record) > MOST_BYTES) this.#refuse(record, TOO_LARGE);
      else this.#sendOne(record);
    }
  }

  #hasRoom(): boolean {
    const now = performance.now();
    if (now >= this.#slot.endTime) this.#slot = { endTime: now + SLOT_MS, count: 0 };
    if (this.#slot.count < RECORDS_A_SLOT) return true;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#send();
    }, this.#slot.endTime - now);
    return false;
  }

  #sendOne(record: R): void {
    const { outbox, publish } = this.#options;
    const number = this.#number;
    const isBehind = this.#last !== undefined && outbox.has(this.#last);
    const sent = isBehind && this.#last !== undefined ? { ...record, after: this.#last } : record;
    this.#slot.count += 1;
    this.#underWay += 1;
    this.#last = record.id;
    void publish(sent).then((answer) => this.#answered(record, answer, number));
  }

  #answered(record: R, answer: Answer, number: number): void {
    if (this.#isStopped) return;
    const isCurrent = number === this.#number;
    if (answer.ok) {
      this.#settle(record);
      if (!isCurrent) return;
      this.#underWay -= 1;
      this.#window = Math.min(this.#window * 2, WIDEST_WINDOW);
      this.#send();
    } else if (isCurrent) {
      const isForLater = FOR_LATER.has(answer.error.code);
      this.#close();
      if (!isForLater) this.#refuse(record, answer.error);
      this.#timer = setTimeout(() => this.begin(), isForLater ? RETRY_AFTER_MS : 0);
    }
  }

  #refuse(record: R, refusal: Refusal): void {
    this.#options.onRefused(record, refusal);
    this.#settle(record);
  }

  #settle(record: R): void {
    const { outbox, onEmpty } = this.#options;
    outbox.answered(record.id);
    if (outbox.size === 0) onEmpty();
  }
}

const bytesOf = (record: AnyRecord): number => Buffer.byteLength(JSON.stringify(record));
