import type { Side } from '#domain/side.ts';

/** Which way a trade or an order goes, for those who do not tell by colour. */
export const SIDE_ARROWS: Readonly<Record<Side, string>> = { buy: '▲', sell: '▼' };
