/** What of a bot stands beside the list. Their names on screen are `tabs.KEY` of the bots' texts. */
export const DETAIL_TABS = ['fills', 'openOrders', 'equity', 'logs', 'parameters'] as const;
export type DetailTab = (typeof DETAIL_TABS)[number];

/** What a panel is asked for that is to show it. */
export const detailAsk = (botId: string, tab: DetailTab): string => `bot ${botId} ${tab}`;
