import { z } from 'zod';
import type { StrategyDescription } from '#contract/requests.ts';
import type { LogLevel } from '#domain/bot.ts';
import type { Fill } from '#domain/fill.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { Order, OrderDraft } from '#domain/order.ts';
import type { Position } from '#domain/position.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs } from '#domain/units.ts';

/** What a strategy may see and do. Time is the market's, never the machine's. */
export interface StrategyContext {
  readonly instrument: Instrument;
  readonly time: EpochMs;
  readonly position: Position;
  readonly openOrders: readonly Order[];
  place(request: OrderDraft): Order;
  cancel(orderId: string, reason: string): void;
  log(level: LogLevel, message: string): void;
}

/**
 * One running strategy. Called in the order of the market's events, so that the same events give the
 * same orders whatever the speed. `state` must be JSON: with it a restarted bot goes on.
 */
export interface Strategy {
  onTrade(trade: Trade, context: StrategyContext): void;
  onFill(fill: Fill, order: Order, context: StrategyContext): void;
  state(): unknown;
}

export interface StrategyDefinition<P extends z.ZodObject = z.ZodObject> {
  readonly id: string;
  readonly name: string;
  /** One plain paragraph. */
  readonly description: string;
  /** Each field a number or decimal with `title`, `description` and `unit` in its metadata. */
  readonly parameters: P;
  /** `savedState` is what `state()` gave before a restart, undefined at a fresh start. */
  create(parameters: z.output<P>, savedState: unknown): Strategy;
}

/** Keeps the type of the parameters inside one definition, and out of the registry. */
export const defineStrategy = <P extends z.ZodObject>(
  definition: StrategyDefinition<P>,
): StrategyDefinition<P> => definition;

const jsonParameterSchema = z.object({
  type: z.enum(['number', 'integer', 'string']),
  title: z.string(),
  description: z.string(),
  unit: z.string(),
  default: z.union([z.number(), z.string()]),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
});
const KINDS = { number: 'number', integer: 'integer', string: 'decimal' } as const;

/** What a form needs to know, read off the strategy's own schema. */
export function describeStrategy(definition: StrategyDefinition): StrategyDescription {
  const schema = z.toJSONSchema(definition.parameters, { unrepresentable: 'any' });
  const parameters = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const json = jsonParameterSchema.parse(property);
    return {
      name,
      label: json.title,
      description: json.description,
      kind: KINDS[json.type],
      unit: json.unit,
      default: json.default,
      minimum: json.minimum ?? null,
      maximum: json.maximum ?? null,
    };
  });
  return {
    id: definition.id,
    name: definition.name,
    description: definition.description,
    parameters,
  };
}
