/** The interface's files for Electron's own scheme: read from the program's folder, never from outside it. */
import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { securityHeaders } from './security-policy.ts';

export const appScheme = 'app';
export const appOrigin = `${appScheme}://salescope`;

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

const refusal = (status: number) => new Response(null, { status, headers: { ...securityHeaders } });

function filePath(rendererDir: string, pathname: string): string | null {
  try {
    const path = join(rendererDir, decodeURIComponent(pathname));
    return path.startsWith(rendererDir + sep) && !path.includes('\0') ? path : null;
  } catch {
    return null;
  }
}

/**
 * Answers one request of the page.
 * @param rendererDir absolute, normalised; a path without an extension is a page of the router and gets index.html.
 */
export async function answerAppFile(rendererDir: string, request: { url: string; method: string }): Promise<Response> {
  const { origin, host, protocol, pathname } = new URL(request.url);
  // A standard scheme has the origin 'null' for Node and its own one for Chromium, so the parts are compared.
  if (`${protocol}//${host}` !== appOrigin && origin !== appOrigin) return refusal(403);
  if (request.method !== 'GET') return refusal(405);
  const path = filePath(rendererDir, extname(pathname) ? pathname : '/index.html');
  if (!path) return refusal(400);
  try {
    const headers = { ...securityHeaders, 'Content-Type': contentTypes[extname(path)] ?? 'application/octet-stream' };
    return new Response(await readFile(path), { headers });
  } catch {
    return refusal(404);
  }
}
