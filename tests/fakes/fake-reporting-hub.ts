import type { Answer, Command, ReportingHub } from '../../clients/typescript/reporting-hub.ts';

export interface FakeRecord {
  readonly botId: string;
  readonly id: string;
  readonly after?: string;
  readonly kind: string;
  readonly data: { readonly name?: string; readonly state?: string; readonly message?: string };
}

/** A hub that keeps the order as the real one does (rule X4.3), answers when told to, and can be away. */
export class FakeReportingHub implements ReportingHub<FakeRecord> {
  readonly kept: FakeRecord[] = [];
  readonly sent: FakeRecord[] = [];
  /** What it says of a record in place of taking it. */
  refuse: (record: FakeRecord) => string | undefined = () => undefined;
  /** The most that were under way at a time. */
  widest = 0;
  #underWay: (() => void)[] = [];
  #isConnected = false;
  readonly #connectionListeners = new Set<(state: { kind: string }) => void>();
  readonly #commandListeners = new Set<(command: Command) => void>();

  publish(record: FakeRecord): Promise<Answer> {
    if (!this.#isConnected) return Promise.resolve(failed('unavailable'));
    this.sent.push(record);
    const answer = this.#take(record);
    return new Promise((resolve) => {
      this.#underWay.push(() => resolve(answer));
      this.widest = Math.max(this.widest, this.#underWay.length);
    });
  }

  onConnection(listener: (state: { readonly kind: string }) => void): () => void {
    this.#connectionListeners.add(listener);
    return () => this.#connectionListeners.delete(listener);
  }

  onCommand(listener: (command: Command) => void): () => void {
    this.#commandListeners.add(listener);
    return () => this.#commandListeners.delete(listener);
  }

  connect(): void {
    this.#isConnected = true;
    for (const listener of this.#connectionListeners) listener({ kind: 'connected' });
  }

  /** What it took and did not answer stays taken. */
  drop(): void {
    this.#isConnected = false;
    this.#underWay = [];
    for (const listener of this.#connectionListeners) listener({ kind: 'lost' });
  }

  command(command: Command): void {
    for (const listener of this.#commandListeners) listener(command);
  }

  /** Answers what is under way, and what that brings, until nothing more comes. */
  async answerAll(): Promise<void> {
    while (this.#underWay.length > 0) {
      for (const answer of this.#underWay.splice(0)) answer();
      await new Promise((settled) => setImmediate(settled));
    }
  }

  #take(record: FakeRecord): Answer {
    const code = this.refuse(record);
    if (code) return failed(code);
    const isEarly = record.after !== undefined && !this.#has(record.after);
    if (isEarly) return failed('unavailable');
    if (!this.#has(record.id)) this.kept.push(record);
    return { ok: true };
  }

  #has(id: string): boolean {
    return this.kept.some((one) => one.id === id);
  }
}

const failed = (code: string): Answer => ({ ok: false, error: { code, message: code } });
