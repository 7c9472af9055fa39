export const LOG_THRESHOLDS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
/** The least severe entry that is kept. */
export type LogThreshold = (typeof LOG_THRESHOLDS)[number];
