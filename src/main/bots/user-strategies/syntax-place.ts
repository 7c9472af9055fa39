import { stripTypeScriptTypes } from 'node:module';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { placeIn } from './fault-place.ts';
import type { Sources } from './messages.ts';

const MISSING_EXPORT = /^The requested module '([^']+)' does not provide/;

/**
 * Where the modules do not read as one, which V8 says in a stack only of TypeScript: the same parser is
 * asked about the JavaScript. Null where it finds nothing, as of a name that is declared twice.
 */
export function placeOfSyntaxError(
  { message }: SyntaxError,
  sources: Sources,
  folder: string,
): string | null {
  const specifier = MISSING_EXPORT.exec(message)?.[1];
  for (const [path, source] of Object.entries(sources)) {
    const place =
      specifier === undefined
        ? parseFault(path, source, folder)
        : placeOfText(specifier, path, source);
    if (place !== null) return place;
  }
  return null;
}

function parseFault(path: string, source: string, folder: string): string | null {
  try {
    stripTypeScriptTypes(source, { mode: 'strip', sourceUrl: pathToFileURL(path).href });
    return null;
  } catch (thrown) {
    return thrown instanceof Error ? placeIn(thrown.stack ?? '', folder) : null;
  }
}

function placeOfText(text: string, path: string, source: string): string | null {
  const line = source.split('\n').findIndex((one) => one.includes(text)) + 1;
  return line === 0 ? null : `${basename(path)}:${line}`;
}
