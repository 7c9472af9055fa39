import { z } from 'zod';
import { CHANNEL_ORDERS, CLIENT_ORDERS } from '#contract/inspection-requests.ts';
import { nextSorting } from '../../ui/row-order.ts';

/** Of ten thousand clients and channels a page is here: the hub orders them. */
const clientSortingSchema = z.object({ key: z.enum(CLIENT_ORDERS), isDescending: z.boolean() });
const channelSortingSchema = z.object({ key: z.enum(CHANNEL_ORDERS), isDescending: z.boolean() });

export type ClientSorting = z.infer<typeof clientSortingSchema>;
export type ChannelSorting = z.infer<typeof channelSortingSchema>;

export const AS_THEY_CAME: ClientSorting = { key: 'since', isDescending: false };
export const MOST_LISTENED: ChannelSorting = { key: 'subscribers', isDescending: true };

/** Words are read from A on; of figures, and of who is behind, one wants the most. */
const FROM_A_ON: ReadonlySet<string> = new Set(['since', 'user', 'transport', 'channel', 'kind']);

const firstOf = (key: string) => ({ key, isDescending: !FROM_A_ON.has(key) });

export const nextClientSorting = (current: ClientSorting, key: string): ClientSorting =>
  clientSortingSchema.parse(nextSorting(current, firstOf(key), AS_THEY_CAME));

export const nextChannelSorting = (current: ChannelSorting, key: string): ChannelSorting =>
  channelSortingSchema.parse(nextSorting(current, firstOf(key), MOST_LISTENED));
