/**
 * The loopback door: serves the interface and the application's methods to the user's own browser, at 127.0.0.1 only.
 *
 * - `GET /launch?token=…` once, from wherever: sets the session cookie, goes on to `/`.
 * - `GET /api/opened` → the files this start was given, once, as `{ path, name }[]`.
 * - `POST /api/call`, `Content-Type: application/json`, `{ method, input }` → NDJSON, one `Frame` a line; closing the
 *   request cancels the call.
 * - `POST /api/upload?name=…`, `Content-Type: application/octet-stream`, raw body → `{ path, name }`.
 * - Refusals answer their status and one error frame.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import sirv from 'sirv';
import { contract, type Frame, isMethodName } from '../../src-shared/contract.ts';
import type { ImportFile } from '../../src-shared/domain.ts';
import { AppError } from '../../src-shared/errors.ts';
import { type Callable, errorFrame, runCall } from './frames.ts';
import { HttpSession } from './http-session.ts';
import { openUploads, type Uploads } from './http-uploads.ts';
import { securityHeaders } from './security-policy.ts';

export interface HttpDoorOptions {
  /** The built interface: the directory with index.html. */
  rendererDir: string;
  /** Where copies of chosen files lie while the door is open. */
  uploadDir: string;
  /** 0 or absent: any free port. */
  port?: number;
  /** Free space on the disk of a directory, in bytes. */
  freeBytes?: (directory: string) => Promise<number>;
}

export interface HttpDoor {
  /** Opens the interface once. */
  url: string;
  /** A further address that opens the interface once. */
  newUrl(): string;
  /** Lets the page read files of the disk that the user named when starting; it is told of them when it opens. */
  open(paths: string[]): void;
  /** True once a browser has come in. */
  readonly opened: boolean;
  /** Cancels what runs, closes every connection and deletes the copies of files. */
  close(): Promise<void>;
}

const maxCallBytes = 1_000_000;

interface Door {
  application: Callable;
  session: HttpSession;
  uploads: Uploads;
  running: Set<AbortController>;
  /** Files this program was started with, until the page has asked for them. */
  opened: ImportFile[];
  serveFile: ReturnType<typeof sirv>;
}

/** A refusal with its HTTP status. */
class HttpRefusal extends AppError {
  readonly status: number;
  constructor(status: number, message: string, code: AppError['code'] = 'forbidden') {
    super(code, message);
    this.status = status;
  }
}

const line = (frame: Frame) => `${JSON.stringify(frame)}\n`;

function answerError(response: ServerResponse, error: unknown): void {
  if (response.destroyed) return;
  if (response.headersSent) return void response.destroy();
  const status = error instanceof HttpRefusal ? error.status : error instanceof AppError ? 400 : 500;
  // The connection stays open, so that a browser still sending a refused body reads this answer and not a reset.
  response.writeHead(status, { 'Content-Type': 'application/x-ndjson', 'Cache-Control': 'no-store' });
  response.end(line(errorFrame(error)));
}

function requireType(request: IncomingMessage, type: string): void {
  const given = (request.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase();
  if (given !== type) throw new HttpRefusal(415, `The body must be ${type}.`, 'invalid-input');
}

async function readCall(request: IncomingMessage): Promise<{ method: unknown; input: unknown }> {
  requireType(request, 'application/json');
  const tooLong = new HttpRefusal(413, 'A call may hold at most 1 MB.', 'invalid-input');
  if (Number(request.headers['content-length'] ?? 0) > maxCallBytes) throw tooLong;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxCallBytes) throw tooLong;
    chunks.push(chunk);
  }
  try {
    const { method, input } = Object(JSON.parse(Buffer.concat(chunks).toString('utf8')));
    return { method, input };
  } catch {
    throw new HttpRefusal(400, 'The body is not JSON.', 'invalid-input');
  }
}

/** A page names files by what the upload answered, so that it can read no other file of the disk. */
function refuseForeignPath(input: unknown, uploads: Uploads): void {
  const file: unknown = Object(input).file;
  if (file === undefined || file === null) return;
  if (!uploads.has(Object(file).path))
    throw new HttpRefusal(403, 'Choose the file in the window; a path alone is refused.');
}

/** Whether a method that succeeded has no more use for its file. */
const takesFileIn = (method: unknown): boolean =>
  typeof method === 'string' && isMethodName(method) && 'changes' in contract[method];

async function answerCall(door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const call = await readCall(request);
  refuseForeignPath(call.input, door.uploads);
  const controller = new AbortController();
  response.on('close', () => controller.abort());
  door.running.add(controller);
  response.writeHead(200, { 'Content-Type': 'application/x-ndjson', 'Cache-Control': 'no-store' });
  let whole = false;
  await runCall(door.application, call, controller.signal, (frame) => {
    whole = frame.kind === 'result';
    if (!response.destroyed) response.write(line(frame));
  });
  door.running.delete(controller);
  // What has been imported is in the store; the copy that the browser handed over goes.
  if (whole && takesFileIn(call.method)) await door.uploads.discard(Object(call.input).file?.path);
  response.end();
}

async function answerUpload(door: Door, request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  requireType(request, 'application/octet-stream');
  const upload = await door.uploads.receive(request, url.searchParams.get('name') ?? '');
  response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(upload));
}

function answerLaunch(door: Door, response: ServerResponse, url: URL): void {
  const cookie = door.session.launch(url.searchParams.get('token'));
  if (!cookie)
    throw new HttpRefusal(403, 'This address was used before. Ask Salescope for a new one, or start it again.');
  // A page that goes on by itself, and no redirect: the cookie is sent only where the way began here.
  const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Set-Cookie': cookie, 'Cache-Control': 'no-store' };
  response.writeHead(200, headers);
  // Without an icon of its own, a browser that is slow to go on asks for one, and is told 404.
  const icon = '<link rel="icon" href="data:,">';
  response.end(`<!doctype html><title>Salescope</title>${icon}<meta http-equiv="refresh" content="0;url=/">`);
}

function answerOpened({ opened }: Door, response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(opened.splice(0)));
}

function parseUrl(request: IncomingMessage): URL {
  try {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    decodeURIComponent(url.pathname);
    return url;
  } catch {
    throw new HttpRefusal(400, 'The address cannot be read.', 'invalid-input');
  }
}

async function answer(door: Door, request: IncomingMessage, response: ServerResponse): Promise<void> {
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
  const refuse = (refusal: { status: number; message: string } | null) => {
    if (refusal) throw new HttpRefusal(refusal.status, refusal.message);
  };
  refuse(door.session.refuseHost(request));
  const url = parseUrl(request);
  const reading = request.method === 'GET' || request.method === 'HEAD';
  // Its token says enough, and the file that carries it to the browser is of another origin.
  if (request.method === 'GET' && url.pathname === '/launch') return answerLaunch(door, response, url);
  refuse(door.session.refuseSource(request));
  refuse(door.session.refuseStranger(request));
  if (request.method === 'GET' && url.pathname === '/api/opened') return answerOpened(door, response);
  if (request.method === 'POST' && url.pathname === '/api/call') return answerCall(door, request, response);
  if (request.method === 'POST' && url.pathname === '/api/upload') return answerUpload(door, request, response, url);
  if (!reading) throw new HttpRefusal(405, 'Only the interface, /api/call and /api/upload are served.');
  // A range that cannot be satisfied makes the file server throw after its headers; the interface needs none.
  delete request.headers.range;
  door.serveFile(request, response);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}

/** Opens the door; the answered address works once. Rejects when the port is taken. */
export async function serveHttp(application: Callable, options: HttpDoorOptions): Promise<HttpDoor> {
  let door: Door | undefined;
  const server = createServer((request, response) => {
    // Whatever a listener throws ends this one request, never the process.
    const answered = door ? answer(door, request, response) : Promise.reject(new AppError('internal', 'Starting.'));
    answered.catch((error: unknown) => answerError(response, error));
    response.on('error', () => {});
  });
  // A large file may take longer to arrive than the five minutes Node allows.
  server.requestTimeout = 0;
  const session = new HttpSession(await listen(server, options.port ?? 0));
  const uploads = await openUploads(options.uploadDir, options.freeBytes);
  // `dev` reads the directory at each request: a rebuilt interface is served without a restart.
  const serveFile = sirv(options.rendererDir, { dev: true, etag: true, single: true });
  const running = new Set<AbortController>();
  const opened: ImportFile[] = [];
  door = { application, session, uploads, running, opened, serveFile };
  return {
    open: (paths) => void opened.push(...paths.map((path) => uploads.admit(path))),
    url: session.newUrl(),
    newUrl: () => session.newUrl(),
    get opened() {
      return session.opened;
    },
    async close() {
      for (const controller of running) controller.abort();
      await closeServer(server);
      await uploads.close();
    },
  };
}
