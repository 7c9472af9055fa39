/**
 * What a panel can show. Its name on screen is `panels.KIND` of the workspace's texts; what draws it
 * stands in `panel-registry.ts`.
 */
export const PANEL_KINDS = [
  'watchlist',
  'chart',
  'order-book',
  'tape',
  'bots',
  'positions',
  'orders',
  'fills',
  'log',
  'alerts',
  'notifications',
  'replay',
  'backtest',
  'tape-files',
  'desk',
  'feeds',
  'journal',
  'health',
  'settings',
] as const;
export type PanelKind = (typeof PANEL_KINDS)[number];
