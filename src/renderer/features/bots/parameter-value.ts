import type { StrategyDescription } from '#contract/requests.ts';
import { isDecimalString } from '#domain/decimal.ts';
import { translator } from '../../i18n/i18n.ts';

const t = translator('bots');

export type StrategyParameter = StrategyDescription['parameters'][number];

/** A parameter as the hub takes it. Only of a text that has no error. */
export function parameterValue(
  text: string,
  kind: StrategyParameter['kind'],
): string | number | boolean {
  if (kind === 'decimal' || kind === 'choice') return text;
  return kind === 'boolean' ? text === 'true' : Number(text);
}

/** What is wrong with a parameter as typed, null where nothing is. */
export function parameterError(text: string, parameter: StrategyParameter): string | null {
  if (parameter.kind === 'choice' || parameter.kind === 'boolean') return null;
  if (parameter.kind === 'decimal' && !isDecimalString(text.trim())) {
    return t('errors.money');
  }
  const isWhole = Number.isInteger(Number(text));
  if (parameter.kind === 'integer' && text.trim() !== '' && !isWhole) return t('errors.whole');
  return numberError(text, parameter);
}

interface Limits {
  readonly minimum: number | null;
  readonly maximum: number | null;
}

export function numberError(text: string, { minimum, maximum }: Limits): string | null {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) return t('errors.number');
  if (minimum !== null && value < minimum) return t('errors.atLeast', { least: minimum });
  return maximum !== null && value > maximum ? t('errors.atMost', { most: maximum }) : null;
}
