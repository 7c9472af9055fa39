import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ModuleFault } from './messages.ts';

const PLACE = /(file:\/\/[^\s()]+?):(\d+)(?::\d+)?/g;

/** The first place of a stack that lies in the user's folder, as `name.ts:12`; null where none does. */
export function placeIn(stack: string, folder: string): string | null {
  const root = `${pathToFileURL(folder).href}/`;
  for (const [, url = '', line] of stack.matchAll(PLACE)) {
    if (url.startsWith(root)) return `${basename(decodeURIComponent(url))}:${line}`;
  }
  return null;
}

/** What was thrown, as the user is told of it. */
export function moduleFault(thrown: unknown, folder: string): ModuleFault {
  if (!(thrown instanceof Error)) return { message: String(thrown), at: null };
  const { name, message, stack = '' } = thrown;
  const text = name === 'Error' ? message : `${name}: ${message}`;
  return { message: text, at: placeIn(stack, folder) };
}

export const faultSentence = ({ message, at }: ModuleFault): string =>
  at === null ? message : `${message} (${at})`;
