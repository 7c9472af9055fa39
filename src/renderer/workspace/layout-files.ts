import { parseJson } from './kept-layouts.ts';
import { type Layout, layoutSchema } from './layout.ts';

/** Far more than any layout needs, and little enough to be looked at at once. */
const MOST_FILE_CHARACTERS = 4_000_000;

/** What a file dialog offers. */
export const LAYOUT_FILES = '.json,application/json';

export const layoutText = (layout: Layout): string => `${JSON.stringify(layout, null, 2)}\n`;

/** Null where the file is no layout of ours. */
export const parseLayoutText = (text: string): Layout | null =>
  text.length > MOST_FILE_CHARACTERS ? null : parseJson(layoutSchema, text);

/** `My desk.tapedeck.json` → `My desk`. */
export const nameOfFile = (fileName: string): string =>
  fileName
    .replace(/([.]tapedeck)?[.]json$/i, '')
    .trim()
    .slice(0, 40) || 'Layout';

export const fileNameOf = (name: string): string =>
  `${name.replace(/[^\p{L}\p{N} _-]/gu, '')}.tapedeck.json`;
