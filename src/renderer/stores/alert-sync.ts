import { channel } from '#contract/channels.ts';
import type { DeckView } from '#contract/replay-requests.ts';
import type { AlertRule } from '#domain/alert-rule.ts';
import { ALERTS_KEPT, type AlertState, mergeAlerts, withLevels } from './alert-store.ts';
import { createStoreQueue, type StoreQueue } from './store-queue.ts';
import type { SyncContext } from './sync-context.ts';

interface FollowedDeck {
  readonly run: number;
  readonly end: () => void;
}

/** Keeps rules, silences and alerts current, those of open replay decks among them. */
export class AlertSync {
  readonly #context: SyncContext;
  readonly #queue: StoreQueue<AlertState>;
  readonly #ends: (() => void)[];
  readonly #decks = new Map<string, FollowedDeck>();
  #rules: readonly AlertRule[] = [];
  readonly #deckRules = new Map<string, readonly AlertRule[]>();

  constructor(context: SyncContext) {
    const { client, stores, frames } = context;
    this.#context = context;
    this.#queue = createStoreQueue(stores.alerts, frames, 'alerts');
    this.#ends = [
      client.subscribe(channel.alerts, {
        onPush: (push) => {
          if (push.event !== 'alert') return;
          const { channel: _channel, seq: _seq, timestamp: _time, ...alert } = push.payload;
          this.#queue((state) => ({ ...state, alerts: mergeAlerts(state.alerts, [alert]) }));
        },
        onStarted: () => void this.#load(),
      }),
      client.subscribe(channel.alertRules, {
        onPush: (push) => {
          if (push.event !== 'alert:rules') return;
          const { rules, silences } = push.payload;
          this.#rules = rules;
          this.#queue((state) => ({ ...state, rules, silences }));
          this.#updateLevels();
        },
      }),
      stores.replay.subscribe(({ decks }) => this.#followDecks(Object.values(decks))),
    ];
  }

  stop(): void {
    for (const end of this.#ends) end();
    for (const deckId of [...this.#decks.keys()]) this.#leave(deckId);
  }

  /** What fires may be older than what the channel remembers. */
  async #load(): Promise<void> {
    const { client } = this.#context;
    for (const activeOnly of [true, false]) {
      const reply = await client.request('alerts.list', { activeOnly, limit: ALERTS_KEPT });
      if (!reply.ok) return;
      const { items } = reply.value;
      this.#queue((state) => ({ ...state, alerts: mergeAlerts(state.alerts, items) }));
    }
  }

  #followDecks(decks: readonly DeckView[]): void {
    for (const deckId of [...this.#decks.keys()]) {
      if (!decks.some(({ id }) => id === deckId)) this.#leave(deckId);
    }
    for (const deck of decks) {
      const followed = this.#decks.get(deck.id);
      if (followed?.run === deck.run) continue;
      // What there was of the run before is no longer true.
      if (followed) this.#leave(deck.id);
      if (deck.alertRuleCount > 0 && deck.state !== 'seeking') this.#follow(deck);
    }
  }

  #follow({ id: deckId, run }: DeckView): void {
    const { client } = this.#context;
    const end = client.subscribe(channel.replayAlerts(deckId), {
      onPush: (push) => {
        if (push.event !== 'alert') return;
        const { channel: _channel, seq: _seq, timestamp: _time, ...alert } = push.payload;
        this.#queue((state) => {
          const known = state.deckAlerts[deckId] ?? [];
          const deckAlerts = { ...state.deckAlerts, [deckId]: mergeAlerts(known, [alert]) };
          return { ...state, deckAlerts };
        });
      },
    });
    this.#decks.set(deckId, { run, end });
    if (!this.#deckRules.has(deckId)) void this.#loadRules(deckId);
  }

  async #loadRules(deckId: string): Promise<void> {
    const reply = await this.#context.client.request('alerts.listRules', { deckId });
    if (!reply.ok || !this.#decks.has(deckId)) return;
    this.#deckRules.set(deckId, reply.value.rules);
    this.#updateLevels();
  }

  #leave(deckId: string): void {
    this.#decks.get(deckId)?.end();
    this.#decks.delete(deckId);
    this.#queue((state) => {
      const { [deckId]: _gone, ...deckAlerts } = state.deckAlerts;
      return { ...state, deckAlerts };
    });
    if (this.#context.stores.replay.getState().decks[deckId]) return;
    this.#deckRules.delete(deckId);
    this.#updateLevels();
  }

  #updateLevels(): void {
    const all = [...this.#rules, ...[...this.#deckRules.values()].flat()];
    this.#queue((state) => withLevels(state, all));
  }
}
