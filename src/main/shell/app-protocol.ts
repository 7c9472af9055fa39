import { readFile } from 'node:fs/promises';
import { extname, isAbsolute, join, relative } from 'node:path';
import { APP_SCHEME, isAppUrl } from './app-origin.ts';
import type { ElectronModules } from './electron-modules.ts';

/** Nothing inline, nothing remote, nothing to connect to but itself: the bridge is the only way out. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const SECURITY_HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-cache',
};

const MIME_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.mp3': 'audio/mpeg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.wav': 'audio/wav',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** Once, before the app is ready: without it `app://` has no origin, no fetch and no module scripts. */
export function registerAppScheme(protocol: ElectronModules['protocol']): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: {
        standard: true,
        secure: true,
        supportFetchAPI: true,
        corsEnabled: true,
        codeCache: true,
      },
    },
  ]);
}

/** Serves the built page from `directory`, and nothing outside it. After the app is ready. */
export function serveApp(protocol: ElectronModules['protocol'], directory: string): void {
  protocol.handle(APP_SCHEME, (request) => respond(request, directory));
}

async function respond(request: Request, directory: string): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
  if (!isAppUrl(request.url)) return refuse(404);
  const file = fileOf(new URL(request.url).pathname, directory);
  const type = file === null ? undefined : MIME_TYPES[extname(file)];
  if (file === null || type === undefined) return refuse(404);
  const body = await readFile(file).catch(() => null);
  if (body === null) return refuse(404);
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), {
    headers: { ...SECURITY_HEADERS, 'Content-Type': type },
  });
}

/** The file that a path names, or null if it is malformed or would leave the directory. */
function fileOf(pathname: string, directory: string): string | null {
  const path = decode(pathname);
  if (path === null || path.includes('\0') || path.includes('\\')) return null;
  const file = join(directory, path === '/' ? 'index.html' : path);
  const inside = relative(directory, file);
  return inside.startsWith('..') || isAbsolute(inside) ? null : file;
}

function decode(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}

function refuse(status: 404 | 405): Response {
  return new Response(null, { status, headers: SECURITY_HEADERS });
}
