import { randomUUID } from 'node:crypto';
import { Delivery } from './delivery.ts';
import { Outbox } from './outbox.ts';
import type { AnyRecord, Command, Refusal, ReportingHub } from './reporting-hub.ts';

/** A record without what the reporter gives it. */
export type Report<R extends AnyRecord> = R extends AnyRecord
  ? Omit<R, 'botId' | 'id' | 'after'>
  : never;

export interface BotReporterOptions<R extends AnyRecord> {
  readonly hub: ReportingHub<R>;
  readonly botId: string;
  /** Where records wait for the hub's answer; of this bot alone. */
  readonly file: string;
  /** See `OutboxOptions`. */
  readonly isSynced?: boolean;
  /** How often a running bot that reports nothing says that it is there; 20 s, if not given. */
  readonly heartbeatMs?: number;
  /** A record that the hub will never take: it is wrong, or not allowed. It is not sent again. */
  readonly onRefused?: (record: R, refusal: Refusal) => void;
  /**
   * Stops the bot. With it the bot declares that it can be told to, and is reported as stopped when
   * this has come back; where it throws, what it threw is reported to the bot's log.
   */
  readonly onStop?: () => void | Promise<void>;
}

/** Well within the 60 s after which the hub calls a bot silent (rule X4.6). */
const HEARTBEAT_MS = 20_000;
const CAPABILITIES = ['stop'];
const MAX_MESSAGE_LENGTH = 1_000;

/**
 * Reports for one external bot, through whatever happens to the hub, the network and the bot itself:
 * each record is in a file before `report` returns, goes out in the order in which it was given, with
 * the same id however often it is sent, and leaves the file when the hub has it on disk (rules X4.1
 * to X4.3).
 */
export class BotReporter<R extends AnyRecord> {
  readonly #options: BotReporterOptions<R>;
  readonly #outbox: Outbox<R>;
  readonly #delivery: Delivery<R>;
  readonly #stopListening: readonly (() => void)[];
  readonly #heartbeat: NodeJS.Timeout;
  readonly #run = randomUUID();
  #count = 0;
  /** How the bot stands, by what it reported last; null until it reports anything. */
  #state: unknown = null;
  #isConnected = false;
  /** Something was reported since the last look at the heartbeat. */
  #isHeard = false;
  #isStopped = false;
  /** The wish to stop that is being followed, or was last. */
  #stopId: string | null = null;
  #waiting: (() => void)[] = [];

  constructor(options: BotReporterOptions<R>) {
    this.#options = options;
    const { hub, file, isSynced = true, onRefused } = options;
    this.#outbox = new Outbox(file, { isSynced });
    this.#delivery = new Delivery({
      outbox: this.#outbox,
      publish: (record) => hub.publish(record),
      onRefused: (record, refusal) => onRefused?.(record, refusal),
      onEmpty: () => {
        for (const resolve of this.#waiting.splice(0)) resolve();
      },
    });
    this.#heartbeat = setInterval(() => this.#beat(), options.heartbeatMs ?? HEARTBEAT_MS);
    this.#stopListening = [
      hub.onConnection(({ kind }) => this.#connectionChanged(kind === 'connected')),
      hub.onCommand((command) => this.#commanded(command)),
    ];
  }

  /** How many records the hub has not answered yet. */
  get pending(): number {
    return this.#outbox.size;
  }

  /** Written down when it returns, and sent as soon as it can be. */
  report(report: Report<R>): void {
    const { kind, data } = report as unknown as AnyRecord;
    const isStatus = kind === 'status';
    // Of who says what he can do only in a status, and begins with something else.
    if (this.#state === null && !isStatus && this.#options.onStop) {
      this.#state = 'running';
      this.#write('status', { state: 'running' });
    }
    if (isStatus && 'state' in data) this.#state = data.state;
    else this.#state ??= 'running';
    this.#write(kind, data);
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
    clearInterval(this.#heartbeat);
    for (const stop of this.#stopListening) stop();
    this.#delivery.stop();
    this.#outbox.close();
  }

  #write(kind: string, said: object): void {
    this.#count += 1;
    this.#isHeard = true;
    const { botId, onStop } = this.#options;
    const data = kind === 'status' && onStop ? { capabilities: CAPABILITIES, ...said } : said;
    const record = { botId, id: `${this.#run}-${this.#count}`, kind, data } as unknown as R;
    this.#outbox.add(record);
    this.#delivery.add(record);
  }

  #connectionChanged(isConnected: boolean): void {
    this.#isConnected = isConnected;
    if (isConnected) this.#delivery.begin();
    else this.#delivery.pause();
  }

  /** Only a bot that runs is missed; and while nobody hears it, it need not pile up. */
  #beat(): void {
    const isDue = !this.#isHeard && this.#isConnected && this.#state === 'running';
    if (isDue) this.#write('status', { state: 'running' });
    this.#isHeard = false;
  }

  #commanded({ botId, command, id }: Command): void {
    const { onStop } = this.#options;
    const isOurs = botId === this.#options.botId && command === 'stop' && id !== this.#stopId;
    if (!isOurs || !onStop) return;
    this.#stopId = id;
    void this.#follow(onStop);
  }

  async #follow(onStop: () => void | Promise<void>): Promise<void> {
    try {
      await onStop();
      if (!this.#isStopped) this.report(stoppedReport as unknown as Report<R>);
    } catch (error) {
      this.#stopId = null;
      const message = `It could not stop: ${error}`.slice(0, MAX_MESSAGE_LENGTH);
      const data = { level: 'error', message, time: Date.now() };
      if (!this.#isStopped) this.report({ kind: 'log', data } as unknown as Report<R>);
    }
  }
}

const stoppedReport = { kind: 'status', data: { state: 'stopped' } };
