import { channel } from '#contract/channels.ts';
import type { RequestInput } from '#contract/requests.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { Price } from '#domain/units.ts';
import type { AlertCommands } from '../../../app/alert-commands.ts';
import type { HubClient } from '../../../client/hub-client.ts';
import type { AlertLevel, AlertLevels } from './alert-levels.ts';

type Condition = RequestInput<'alerts.createRule'>['condition'];
type Crossing = Extract<Condition, { kind: 'priceCross' }>;

/** As everywhere on the screen, so that they can be taken back. */
type Commands = Pick<AlertCommands, 'placeLevel' | 'moveLevel' | 'removeRule'>;

/** The hub's alert rules that watch a price of one instrument. What is changed comes back by the channel. */
export class HubAlertLevels implements AlertLevels {
  readonly #client: Pick<HubClient, 'subscribe'>;
  readonly #instrument: Instrument;
  readonly #commands: Commands;
  readonly #directions = new Map<string, Crossing['direction']>();
  #levels: readonly AlertLevel[] = [];

  constructor(client: Pick<HubClient, 'subscribe'>, instrument: Instrument, commands: Commands) {
    this.#client = client;
    this.#instrument = instrument;
    this.#commands = commands;
  }

  list(): readonly AlertLevel[] {
    return this.#levels;
  }

  subscribe(listener: () => void): () => void {
    return this.#client.subscribe(channel.alertRules, {
      onPush: (push) => {
        if (push.event !== 'alert:rules') return;
        this.#directions.clear();
        this.#levels = push.payload.rules.flatMap(({ id, name, condition, isEnabled }) => {
          if (condition.kind !== 'priceCross') return [];
          if (condition.instrumentId !== this.#instrument.id) return [];
          this.#directions.set(id, condition.direction);
          return { id, name, price: condition.level, isEnabled };
        });
        listener();
      },
    });
  }

  create(price: number) {
    const condition = this.#crossing(price, 'either');
    return this.#commands.placeLevel({ name: this.#nameOf(price), condition });
  }

  move(ruleId: string, price: number) {
    const before = this.#levels.find(({ id }) => id === ruleId)?.price ?? price;
    return this.#commands.moveLevel(
      ruleId,
      this.#levelAt(ruleId, price),
      this.#levelAt(ruleId, before),
    );
  }

  remove(ruleId: string) {
    return this.#commands.removeRule(ruleId);
  }

  #levelAt(ruleId: string, price: number) {
    const condition = this.#crossing(price, this.#directions.get(ruleId) ?? 'either');
    return { condition, ...this.#rename(ruleId, price) };
  }

  #crossing(price: number, direction: Crossing['direction']): Crossing {
    const { id: instrumentId } = this.#instrument;
    return { kind: 'priceCross', instrumentId, level: price as Price, direction };
  }

  #nameOf(price: number): string {
    return `${this.#instrument.symbol} ${price}`;
  }

  /** A name that we gave says the price; one that the user gave stays. */
  #rename(ruleId: string, price: number): { name?: string } {
    const known = this.#levels.find((level) => level.id === ruleId);
    return known?.name === this.#nameOf(known?.price ?? Number.NaN)
      ? { name: this.#nameOf(price) }
      : {};
  }
}
