import { z } from 'zod';
import { closingSchema, DISCONNECT_REASONS } from '#contract/disconnect-reasons.ts';
import { failureSchema } from '#contract/errors.ts';
import { secretsOf } from './fuzzed-hub.ts';

const ackSchema = z.union([
  z.looseObject({ ok: z.literal(true) }),
  z.strictObject({ ok: z.literal(false), error: failureSchema }),
]);
const MAX_COMPLAINTS = 20;

/** What came back from the hub, and what of it should not have. */
export class Observations {
  readonly inputs = new Map<string, number>();
  /** Refusals by code, as clients were told. */
  readonly refusals = new Map<string, number>();
  readonly closings = new Map<string, number>();
  readonly httpStatuses = new Map<string, number>();
  readonly complaints: string[] = [];
  /** Connections that the hub ended without a word: what came is below the protocol that has words. */
  cutOff = 0;
  readonly #secrets: readonly string[];

  constructor(botId: string) {
    this.#secrets = secretsOf(botId);
  }

  sent(kind: string, count = 1): void {
    add(this.inputs, kind, count);
  }

  get total(): number {
    return [...this.inputs.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Everything that any of the fuzzer's clients receives comes by here. */
  received(text: string): void {
    for (const secret of this.#secrets) {
      if (text.includes(secret)) this.complain(`leak: ${text.slice(0, 300)}`);
    }
  }

  acknowledged(payload: unknown): void {
    const ack = ackSchema.safeParse(payload);
    if (!ack.success) this.complain(`untyped answer: ${JSON.stringify(payload)?.slice(0, 300)}`);
    else if (!ack.data.ok) this.refused(ack.data.error.code);
  }

  /** A fault of the hub's own: what caused it is worth more than that it was. */
  failed(input: string): void {
    this.complain(`fault: ${input.slice(0, 1_000)}`);
  }

  refused(code: string): void {
    add(this.refusals, code);
  }

  closing(payload: unknown): void {
    const closing = closingSchema.safeParse(payload);
    const reason = closing.data?.reason ?? '';
    if (Object.hasOwn(DISCONNECT_REASONS, reason)) add(this.closings, reason);
    else this.complain(`untyped closing: ${JSON.stringify(payload)}`);
  }

  /** A response as bytes. `isBodiless`: to HEAD, which gets no body whatever the answer. */
  responded(text: string, isBodiless = false): void {
    this.received(text);
    const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
    if (status === undefined) return;
    add(this.httpStatuses, status);
    if (status === '500') this.complain(`fault: ${text.slice(0, 300)}`);
    if (/\n\s+at /.test(text)) this.complain(`stack: ${text.slice(0, 300)}`);
    if (Number(status) >= 400 && !isBodiless) this.#refusedResponse(status, text);
  }

  /** Each names its code, but for a poll's body that was too large: Engine.IO says so by its status. */
  #refusedResponse(status: string, text: string): void {
    const named = /"error":\s*\{"code":"([a-z_]+)"/.exec(text)?.[1];
    if (named !== undefined) this.refused(named);
    else if (status === '413') this.refused('message_too_large');
    else this.complain(`untyped refusal: ${text.slice(0, 300)}`);
  }

  complain(what: string): void {
    if (this.complaints.length < MAX_COMPLAINTS) this.complaints.push(what);
  }
}

function add(counts: Map<string, number>, key: string, count = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}
