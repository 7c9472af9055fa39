/** How often what is shown of a market changes. */

/** Figures that change more often are not read. */
export const BEAT_MS = 1_000 / 30;
export const CALM_BEATS = 3;
/** In each second of the calm ones. */
export const OVERVIEW_BEATS = 2 * CALM_BEATS;

/** What is drawn so often need not be told more often by the hub, ms. */
export const CALM_PERIOD_MS = Math.round(CALM_BEATS * BEAT_MS);
