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

const EXPORT = /\bexport\s+default\b|\bas\s+default\b/;

/**
 * Where a module says what it is: the line of the last of these keys that is found, one after the other,
 * behind `export default`. The file alone where there is no such line.
 */
export function placeOfExport(file: string, source: string, keys: readonly string[]): string {
  const lines = source.split('\n');
  let at = lines.findIndex((line) => EXPORT.test(line));
  if (at === -1) return basename(file);
  for (const key of keys) {
    // What is no plain name would be read as a pattern.
    if (!/^\w+$/.test(key)) break;
    const isKey = new RegExp(`(^|\\W)${key}['"]?\\s*[:(,]`);
    const found = lines.findIndex((line, index) => index >= at && isKey.test(line));
    if (found === -1) break;
    at = found;
  }
  return `${basename(file)}:${at + 1}`;
}

/** A module that is none of ours, or says something of itself that cannot be. */
export class UnsoundModule extends Error {
  readonly at: string;

  constructor(sentence: string, at: string) {
    super(sentence);
    this.at = at;
  }
}

/** What was thrown, as the user is told of it. */
export function moduleFault(thrown: unknown, folder: string): ModuleFault {
  if (!(thrown instanceof Error)) return { message: String(thrown), at: null };
  if (thrown instanceof UnsoundModule) return { message: thrown.message, at: thrown.at };
  const { name, message, stack = '' } = thrown;
  const text = name === 'Error' ? message : `${name}: ${message}`;
  return { message: text, at: placeIn(stack, folder) };
}

export const faultSentence = ({ message, at }: ModuleFault): string =>
  at === null ? message : `${message} (${at})`;
