import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Sources } from './messages.ts';

/** What a user's module imports. */
const API = 'tapedeck';
const API_URL = 'tapedeck:api';
/** All that a module may take from us at run time; the rest of the API is types. */
const API_SOURCE = 'export const defineStrategy = (definition) => definition;';
const TYPESCRIPT = /\.[cm]?ts$/;

/**
 * Lets this thread load a user's module: with its types stripped, and from its own folder only. Gives
 * what was loaded, by path, filled as it is.
 */
export function allowOnly(folder: string, known: Sources | null): Sources {
  const root = realpathSync(folder) + sep;
  const loaded: Record<string, string> = {};
  const read = (path: string): string => {
    const source = known?.[path] ?? readFileSync(path, 'utf8');
    loaded[path] = source;
    return source;
  };
  registerHooks({
    resolve: (specifier, context, next) => {
      const parent = context.parentURL;
      if (parent === undefined || !isWithin(parent, root)) {
        // The module itself, which may be known while its file is gone.
        return isWithin(specifier, root)
          ? { url: specifier, format: 'module', shortCircuit: true }
          : next(specifier, context);
      }
      if (specifier === API) return { url: API_URL, format: 'module', shortCircuit: true };
      const target = relativeTarget(specifier, parent);
      if (target !== null && isWithin(target, root)) {
        return { url: target, format: 'module', shortCircuit: true };
      }
      throw importRefused(specifier, parent);
    },
    load: (url, context, next) => {
      if (url === API_URL) return { format: 'module', source: API_SOURCE, shortCircuit: true };
      if (!isWithin(url, root)) return next(url, context);
      const path = fileURLToPath(url);
      return { format: 'module', source: withoutTypes(path, read(path)), shortCircuit: true };
    },
  });
  return loaded;
}

function relativeTarget(specifier: string, parent: string): string | null {
  if (!specifier.startsWith('./') && !specifier.startsWith('../')) return null;
  const path = fileURLToPath(new URL(specifier, parent));
  return pathToFileURL(existsSync(path) ? realpathSync(path) : path).href;
}

function isWithin(url: string, root: string): boolean {
  return url.startsWith('file:') && fileURLToPath(url).startsWith(root);
}

/** Types become blanks: every line and column stays where it is. */
function withoutTypes(path: string, source: string): string {
  return TYPESCRIPT.test(path)
    ? stripTypeScriptTypes(source, { mode: 'strip', sourceUrl: pathToFileURL(path).href })
    : source;
}

/** An error that says where the import stands, as if it had been thrown there. */
function importRefused(specifier: string, parent: string): Error {
  const lines = readFileSync(fileURLToPath(parent), 'utf8').split('\n');
  const line = lines.findIndex((text) => text.includes(specifier)) + 1;
  const error = new Error(
    `A strategy may import only what lies beside it and "${API}", not "${specifier}"`,
  );
  error.stack = `${error.message}\n    at ${parent}:${line}:1`;
  return error;
}
