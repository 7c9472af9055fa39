/** How bars are drawn. A file of its own: who only names them needs no chart library. */
export const CHART_KINDS = ['candles', 'heikinAshi', 'line', 'area'] as const;
export type ChartKind = (typeof CHART_KINDS)[number];
