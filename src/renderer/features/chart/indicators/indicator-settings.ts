import { z } from 'zod';
import { SERIES_COLORS } from '../plot/chart-theme.ts';
import {
  INDICATOR_KINDS,
  INDICATORS,
  type IndicatorKind,
  type ParameterName,
  type ParameterSpec,
  PRICE_SOURCES,
  priceOf,
} from './catalogue.ts';

/** So many indicators on one chart: more would be neither read nor drawn in time. */
export const MOST_INDICATORS = 16;
/** Decimal steps are not exact in binary. */
const STEP_NOISE = 1e-9;

const colorSchema = z.enum(SERIES_COLORS);

/** What a value of a parameter must be; the error is the rule's name, which the form puts into words. */
export function parameterSchema({ least, most, step }: ParameterSpec): z.ZodType<number> {
  const isStep = (value: number) =>
    Math.abs(value / step - Math.round(value / step)) <= STEP_NOISE * Math.max(1, value / step);
  return z.number('number').min(least, 'range').max(most, 'range').refine(isStep, 'step');
}

/** One indicator on a chart. Values for parameters and colours are those of its kind, all of them. */
export const indicatorSchema = z
  .strictObject({
    id: z.string().min(1).max(40),
    kind: z.enum(INDICATOR_KINDS),
    parameters: z.record(z.string(), z.number()),
    source: z.enum(PRICE_SOURCES),
    colors: z.record(z.string(), colorSchema),
    isHidden: z.boolean(),
  })
  .superRefine(({ kind, parameters, colors }, context) => {
    const definition = INDICATORS[kind];
    for (const spec of definition.parameters) {
      const checked = parameterSchema(spec).safeParse(parameters[spec.name]);
      for (const { message } of checked.error?.issues ?? []) {
        context.addIssue({ code: 'custom', path: ['parameters', spec.name], message });
      }
    }
    const names = [...definition.parameters, ...definition.plots].map(({ name }) => name as string);
    for (const name of [...Object.keys(parameters), ...Object.keys(colors)]) {
      if (!names.includes(name)) context.addIssue({ code: 'custom', message: `${kind}.${name}` });
    }
    for (const { name } of definition.plots) {
      if (colors[name] === undefined) context.addIssue({ code: 'custom', path: ['colors', name] });
    }
  });
export type IndicatorSettings = z.infer<typeof indicatorSchema>;

export function usualSettings(kind: IndicatorKind, id: string): IndicatorSettings {
  const { parameters, plots } = INDICATORS[kind];
  return {
    id,
    kind,
    parameters: Object.fromEntries(parameters.map(({ name, usual }) => [name, usual])),
    source: 'close',
    colors: Object.fromEntries(plots.map(({ name, color }) => [name, color])),
    isHidden: false,
  };
}

/** `20 · 2`: what tells it from another one of its kind. */
export const parameterText = ({ kind, parameters }: IndicatorSettings): string =>
  INDICATORS[kind].parameters.map(({ name }) => parameters[name]).join(' · ');

/** A new computation from the settings. */
export function calculationOf({ kind, parameters, source }: IndicatorSettings) {
  const definition = INDICATORS[kind];
  const usual = new Map(definition.parameters.map((spec) => [spec.name, spec.usual]));
  const parameter = (name: ParameterName) => parameters[name] ?? usual.get(name) ?? 0;
  return definition.create(parameter, priceOf[source]);
}
