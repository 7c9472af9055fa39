/**
 * Cividis, a scale of colours that reads the same with and without a colour-vision deficiency, and in
 * grey: its lightness grows evenly. https://doi.org/10.1371/journal.pone.0199239
 */
const CIVIDIS: readonly (readonly [number, number, number])[] = [
  [0, 34, 78],
  [18, 53, 112],
  [59, 73, 109],
  [87, 93, 109],
  [112, 113, 115],
  [138, 134, 120],
  [165, 156, 116],
  [195, 179, 105],
  [225, 204, 85],
  [254, 232, 56],
];

const SHADES = 256;
/** Below this share of the scale the ground shines through. */
const FADE_SHARE = 0.3;

/**
 * Shades from nothing to much, as pixels (`ImageData` in little-endian order). On a light ground the
 * scale is turned round: much is always what stands out.
 */
export function heatShades(isLight: boolean): Uint32Array {
  const shades = new Uint32Array(SHADES);
  for (let shade = 1; shade < SHADES; shade++) {
    const share = shade / (SHADES - 1);
    const [red, green, blue] = mixed(isLight ? 1 - share : share);
    const alpha = Math.round(255 * Math.min(1, share / FADE_SHARE));
    shades[shade] = ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  }
  return shades;
}

function mixed(share: number): readonly [number, number, number] {
  const place = share * (CIVIDIS.length - 1);
  const index = Math.min(CIVIDIS.length - 2, Math.floor(place));
  const from = CIVIDIS[index] ?? [0, 0, 0];
  const to = CIVIDIS[index + 1] ?? [0, 0, 0];
  const between = (channel: 0 | 1 | 2) =>
    Math.round(from[channel] + (to[channel] - from[channel]) * (place - index));
  return [between(0), between(1), between(2)];
}

/** The shade of a size: by its square root, so that both usual sizes and walls can be told apart. */
export function shadeOf(size: number, fullSize: number): number {
  if (!(size > 0) || !(fullSize > 0)) return 0;
  return Math.min(SHADES - 1, 1 + Math.floor(Math.sqrt(size / fullSize) * (SHADES - 2)));
}
