/** How no limit is said on the command line; left out, a limit stays as it is. */
export const NONE = 'none';
export type Limit<T> = T | typeof NONE;

export const limitOf = <T>(limit: Limit<T>): T | null => (limit === NONE ? null : (limit as T));
