import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');

type Tokens = Readonly<Record<string, string>>;

/** The colours that a rule sets. */
function tokensOf(selector: string): Tokens {
  const start = css.indexOf(`${selector} {`);
  if (start < 0) return {};
  const body = css.slice(css.indexOf('{', start) + 1, css.indexOf('}', start));
  return Object.fromEntries(
    [...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

const THEMES = ['dark', 'light', 'contrast'] as const;
const PALETTES = ['tealRed', 'blueOrange'] as const;

const look = (theme: (typeof THEMES)[number], palette: (typeof PALETTES)[number]): Tokens => ({
  ...tokensOf(':root'),
  ...tokensOf(`:root[data-theme="${theme}"]`),
  ...tokensOf(`:root[data-palette="${palette}"]`),
  ...tokensOf(`:root[data-palette="${palette}"][data-theme="${theme}"]`),
});

type Rgb = readonly [number, number, number];

/** `#rrggbb`, or `rgb(r g b / a%)` as it comes to stand on `ground`. */
function rgbOf(value: string, ground: Rgb = [0, 0, 0]): Rgb {
  const hex = /^#(..)(..)(..)$/.exec(value);
  if (hex !== null) {
    const [red = 0, green = 0, blue = 0] = hex.slice(1).map((part) => Number.parseInt(part, 16));
    return [red, green, blue];
  }
  const parts = /^rgb\((\d+) (\d+) (\d+) \/ (\d+)%\)$/.exec(value)?.slice(1).map(Number) ?? [];
  const [red = 0, green = 0, blue = 0, percent = 0] = parts;
  const over = (one: number, below: number) => (one * percent + below * (100 - percent)) / 100;
  return [over(red, ground[0]), over(green, ground[1]), over(blue, ground[2])];
}

/** Relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminanceOf(colour: Rgb): number {
  const [red = 0, green = 0, blue = 0] = colour
    .map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrastOf(one: Rgb, other: Rgb): number {
  const [darker = 0, lighter = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

const SIGNS = ['text', 'text-strong', 'text-dim', 'accent', 'up', 'down', 'warning'];
const GROUNDS = ['ground', 'panel', 'panel-raised', 'panel-hover', 'field'];
/** What is written on a ground of its own kind. */
const ON_THEIRS = [
  ['up', 'up-ground'],
  ['down', 'down-ground'],
  ['warning', 'warning-ground'],
  ['text-strong', 'accent-ground'],
  ['on-accent', 'accent'],
  ['on-warning', 'warning'],
] as const;

const LOOKS = THEMES.flatMap((theme) => PALETTES.map((palette) => ({ theme, palette })));

describe.each(LOOKS)('colours: $theme, $palette', ({ theme, palette }) => {
  const tokens = look(theme, palette);
  const colour = (name: string, ground?: Rgb) => rgbOf(tokens[name] ?? '', ground);
  // WCAG 2.2: AA for text; high contrast has to have AAA.
  const least = theme === 'contrast' ? 7 : 4.5;

  it.each(GROUNDS)(`can be read on the %s`, (ground) => {
    for (const sign of SIGNS) {
      const found = contrastOf(colour(sign), colour(ground));
      expect(found, `${sign} on ${ground}`).toBeGreaterThanOrEqual(least);
    }
  });

  it('can be read on grounds of their own', () => {
    for (const [sign, ground] of ON_THEIRS) {
      const found = contrastOf(colour(sign), colour(ground, colour('panel')));
      expect(found, `${sign} on ${ground}`).toBeGreaterThanOrEqual(least);
    }
  });

  it('draw lines that can be seen, 3:1 for what is needed to find a control', () => {
    for (const line of ['up', 'down', 'accent', 'series-amber', 'series-sky', 'series-violet']) {
      expect(contrastOf(colour(line), colour('panel')), line).toBeGreaterThanOrEqual(3);
    }
  });
});
