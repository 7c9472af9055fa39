import type { Candle } from '#domain/candle.ts';
import {
  type Action,
  CALLBACKS,
  type Callback,
  type Question,
  type ThreadBirth,
  type Told,
} from './messages.ts';
import type { SavedModule } from './saved-module.ts';
import { SeededRandom } from './seeded-random.ts';
import { UserBot } from './user-bot.ts';
import { UserIndicators } from './user-indicators.ts';
import { userFill, userOrder } from './user-order.ts';
import { keptState } from './user-state.ts';

type Callable = (...given: unknown[]) => unknown;
/** What a module exports by default, beside what its manifest says of it. */
export type UserModule = Readonly<Partial<Record<Callback, Callable>>>;

export interface HostOptions extends Pick<ThreadBirth, 'folder' | 'callback'> {
  readonly module: UserModule;
  readonly run: NonNullable<ThreadBirth['run']>;
}

/** Runs a user's module for one bot: tells it what happened, and gathers what it does. */
export class StrategyHost {
  readonly #options: HostOptions;
  readonly #indicators: UserIndicators;
  readonly #bot: UserBot;
  readonly random: SeededRandom;
  /** The market's. */
  time = 0;

  constructor(options: HostOptions) {
    this.#options = options;
    const { module, run, folder } = options;
    const { botId, seed, instrument, parameters, saved } = run;
    this.random = new SeededRandom(seed);
    if (saved) this.random.state = saved.random;
    const make = module.indicators;
    this.#indicators = UserIndicators.make((makers) =>
      make ? (this.#call('indicators', parameters, makers) as Record<string, unknown>) : {},
    );
    if (saved?.indicators) this.#indicators.restore(saved.indicators);
    const state = saved ? saved.state : this.#call('state', parameters);
    this.#bot = new UserBot({
      ...{ botId, instrument, folder, parameters: Object.freeze({ ...parameters }) },
      indicators: this.#indicators.values,
      state: state ?? {},
    });
  }

  get log(): UserBot['log'] {
    return this.#bot.log;
  }

  answer({ told, bot }: Question): {
    readonly actions: readonly Action[];
    readonly state: SavedModule;
  } {
    this.time = bot.time;
    this.#bot.look(bot);
    for (const one of told) this.#tell(one);
    return { actions: this.#bot.takeActions(), state: this.#save() };
  }

  #save(): SavedModule {
    return {
      random: this.random.state,
      state: keptState(this.#bot.state),
      indicators: this.#indicators.save(),
    };
  }

  #tell(one: Told): void {
    switch (one.of) {
      case 'start':
        this.#hear('onStart');
        return;
      case 'forget':
        this.#indicators.reset();
        return;
      case 'history':
        this.#indicators.add(one.candle);
        return;
      case 'candle':
        this.#hearCandle(one.candle);
        return;
      case 'trade': {
        const { id, price, size, aggressorSide, eventTime } = one.trade;
        this.#hear('onTrade', { id, price, size, aggressorSide, eventTime });
        return;
      }
      case 'book':
        this.#hear('onBook');
        return;
      case 'fill':
        this.#hear('onFill', userFill(one.fill), userOrder(one.order));
        return;
      case 'order':
        this.#hear('onOrder', userOrder(one.order));
        return;
      case 'timer':
        this.#hear('onTimer');
        return;
    }
  }

  #hearCandle(candle: Candle): void {
    this.#indicators.add(candle);
    this.#hear('onCandle', candle);
  }

  /** What the callback is given, and then the bot. */
  #hear(name: Callback, ...given: unknown[]): void {
    const returned = this.#call(name, ...given, this.#bot);
    if (returned instanceof Promise) {
      throw new TypeError(`${name} must not be async: what it awaits would be different each time`);
    }
  }

  #call(name: Callback, ...given: unknown[]): unknown {
    const { module, callback } = this.#options;
    if (typeof module[name] !== 'function') return undefined;
    Atomics.store(callback, 0, CALLBACKS.indexOf(name));
    const returned = module[name](...given);
    Atomics.store(callback, 0, 0);
    return returned;
  }
}
