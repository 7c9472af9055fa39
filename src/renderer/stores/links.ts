/** Panels with the same letter show the same instrument and bot: choosing in one moves them all. */
export const LINK_GROUPS = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
export type LinkGroup = (typeof LINK_GROUPS)[number];

/** A pinned panel follows nobody. */
export const PINNED = 'none';
export const LINKS = [...LINK_GROUPS, PINNED] as const;
export type Link = (typeof LINKS)[number];

/** The group of the top bar, of notifications and of what the user never assigned. */
export const DEFAULT_LINK: LinkGroup = 'A';
