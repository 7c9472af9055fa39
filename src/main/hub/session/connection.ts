import type { Socket } from 'socket.io';
import { type Ack, type AckOf, HUB_EVENTS, isClientEvent } from '#contract/client-events.ts';
import { type DisconnectReason, invitesReconnection } from '#contract/disconnect-reasons.ts';
import { type Failure, fail, type Result } from '#contract/errors.ts';
import type { HubLimits } from '#contract/hub-limits.ts';
import type { Caller } from '#contract/scopes.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { HubMeter } from '#main/telemetry/hub-meter.ts';
import type { RateGate } from '../limits/rate-gate.ts';
import type { Identity } from '../tokens/token-authority.ts';
import { scheduleAt } from './deadline.ts';
import type { HubSession } from './session.ts';

/** Who has not shown a token: he reaches public channels only, and only where that is allowed. */
export const ANONYMOUS: Caller = { userId: 'anonymous', scopes: [], bots: [] };

export interface ConnectionSurroundings {
  readonly clock: TimerClock;
  readonly meter: HubMeter;
  readonly limits: HubLimits;
  readonly eventGate: RateGate<string>;
  readonly refusalGate: RateGate<'refusal'>;
  identify(token: string): Promise<Result<Identity>>;
  allowAnonymous(): boolean;
  /** Whoever speaks here has changed: what is counted or revoked by user is to be settled. */
  onIdentified(connection: HubConnection): void;
}

const MAX_SHOWN_NAME_LENGTH = 64;
const UNAUTHORIZED = fail('unauthorized', 'Authenticate with a token first');
const TOO_MANY = fail('rate_limited', 'Too many of these at once; slow down');

/** One socket's connection: who speaks on it, how often, and how it ends (rules H1, H4). */
export class HubConnection {
  readonly #socket: Socket;
  readonly #session: HubSession;
  readonly #around: ConnectionSurroundings;
  #identity: Identity | null;
  #cancelDeadline: (() => void) | undefined;
  #closing: DisconnectReason | null = null;

  constructor(
    socket: Socket,
    session: HubSession,
    around: ConnectionSurroundings,
    identity: Identity | null,
  ) {
    this.#socket = socket;
    this.#session = session;
    this.#around = around;
    this.#identity = identity;
    this.#setDeadline();
    if (identity?.expiryTime != null) this.#tellIdentity(identity);
  }

  get identity(): Identity | null {
    return this.#identity;
  }

  /** Why the hub ended it; null where it did not. */
  get closingReason(): DisconnectReason | null {
    return this.#closing;
  }

  /** Says why, and disconnects. */
  close(reason: DisconnectReason): void {
    if (this.#closing) return;
    this.#closing = reason;
    this.#socket.emit(HUB_EVENTS.closing, { reason, reconnect: invitesReconnection(reason) });
    this.#socket.disconnect(true);
  }

  /** Ends it for what it sent. */
  refuse(code: 'malformed_packet'): void {
    if (this.#closing) return;
    this.#around.meter.failures.add(code);
    this.close(code);
  }

  /** After the socket is gone. */
  dispose(): void {
    this.#cancelDeadline?.();
    this.#session.close();
  }

  /**
   * Answers one event, known or not. The last argument is the acknowledgement callback where the
   * client asked for one; without it a failure goes out as an `error` event.
   */
  async answer(received: unknown, args: readonly unknown[]): Promise<void> {
    const event = typeof received === 'string' ? received : '';
    const last = args.at(-1);
    const acknowledge = typeof last === 'function' ? last : undefined;
    const ack = await this.#perform(event, acknowledge ? args.slice(0, -1) : args);
    if (!this.#socket.connected) return;
    if (acknowledge) acknowledge(ack);
    else if (!ack.ok) this.#tellFailure(ack.error, event);
    if (!ack.ok && !(await this.#around.refusalGate.admits('refusal', this.#socket.id))) {
      this.close('rate_limited');
    }
  }

  async #perform(event: string, payloads: readonly unknown[]): Promise<Ack<unknown>> {
    const name = isClientEvent(event) ? event : 'unknown';
    const isAdmitted = await this.#around.eventGate.admits(name, this.#socket.id);
    const refusal = isAdmitted ? this.#refuse(event, payloads) : TOO_MANY;
    if (refusal) {
      this.#around.meter.failures.add(refusal.error.code);
      return refusal;
    }
    if (event === 'authenticate') return this.#authenticate(payloads[0]);
    return this.#session.handle(event, payloads[0]);
  }

  #refuse(event: string, payloads: readonly unknown[]) {
    if (payloads.length > 1) return fail('invalid_payload', 'An event takes one payload at most');
    const isOpen =
      this.#identity !== null || event === 'authenticate' || this.#around.allowAnonymous();
    return isOpen ? undefined : UNAUTHORIZED;
  }

  /** A first token, or a fresh one of the same user in place of one that is about to expire. */
  async #authenticate(token: unknown): Promise<AckOf<'authenticate'>> {
    const answer = await this.#takeToken(token);
    if (!answer.ok) this.#around.meter.failures.add(answer.error.code);
    return answer;
  }

  async #takeToken(token: unknown): Promise<AckOf<'authenticate'>> {
    if (typeof token !== 'string') return fail('invalid_payload', 'A token is a text');
    const identified = await this.#around.identify(token);
    if (!identified.ok) return identified;
    const identity = identified.value;
    if (this.#identity && this.#identity.caller.userId !== identity.caller.userId) {
      return fail('access_denied', 'The token is of another user');
    }
    this.#identity = identity;
    this.#session.changeUser(identity.caller);
    this.#setDeadline();
    this.#around.onIdentified(this);
    return { ok: true, ...this.#tellIdentity(identity) };
  }

  #tellIdentity({ caller, expiryTime }: Identity) {
    const authenticated = {
      userId: caller.userId,
      scopes: caller.scopes,
      expiresAt: expiryTime,
    };
    this.#socket.emit(HUB_EVENTS.authenticated, authenticated);
    return authenticated;
  }

  #tellFailure(error: Failure, event: string): void {
    this.#socket.emit(HUB_EVENTS.error, {
      ...error,
      event: event.slice(0, MAX_SHOWN_NAME_LENGTH),
    });
  }

  /** The end of the token, or of the patience with who has none. */
  #setDeadline(): void {
    const { clock, limits, allowAnonymous } = this.#around;
    this.#cancelDeadline?.();
    this.#cancelDeadline = undefined;
    const isPending = this.#identity === null && !allowAnonymous();
    const deadline = isPending
      ? clock.now() + limits.authenticationTimeoutMs
      : (this.#identity?.expiryTime ?? null);
    if (deadline === null) return;
    this.#cancelDeadline = scheduleAt(clock, deadline, () => this.close('unauthorized'));
  }
}
