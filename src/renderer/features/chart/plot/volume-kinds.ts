/** `sides`: parted by who bought, where the exchange tells. `total`: by where the price went. */
export const VOLUME_KINDS = ['sides', 'total', 'none'] as const;
export type VolumeKind = (typeof VOLUME_KINDS)[number];
