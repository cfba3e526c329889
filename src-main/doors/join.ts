/**
 * A second start on the same store asks the first to come forward: over a socket of this user alone (a named pipe on
 * Windows), whose place stands in the store's owner's note.
 */
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, readdirSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a second start brings along. */
export interface JoinRequest {
  /** Files to be imported. */
  files: string[];
}

export interface JoinAnswer {
  /** A new address of the first program's interface; null: its own window has come forward. */
  url: string | null;
}

export interface JoinDoor {
  address: string;
  close(): void;
}

/** Sockets have short names: a hash of the store and a part that nobody guesses. */
function addressFor(store: string): string {
  const ofStore = `salescope-${createHash('sha256').update(store).digest('hex').slice(0, 12)}-`;
  const name = `${ofStore}${randomBytes(8).toString('hex')}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  // Who asks owns the store, so whatever else bears its name was left by a program that was killed.
  for (const left of readdirSync(tmpdir())) {
    if (left.startsWith(ofStore) && left.endsWith('.sock')) rmSync(join(tmpdir(), left), { force: true });
  }
  return join(tmpdir(), `${name}.sock`);
}

const maxBytes = 1_000_000;

/** Lets further starts ask; resolves once they can. */
export async function openJoinDoor(store: string, joined: (request: JoinRequest) => JoinAnswer): Promise<JoinDoor> {
  const address = addressFor(store);
  const server = createServer((question, answer) => {
    let body = '';
    question.setEncoding('utf8').on('data', (chunk) => {
      body += chunk;
      if (body.length > maxBytes) question.destroy();
    });
    question.on('end', () => {
      try {
        const { files } = JSON.parse(body) as JoinRequest;
        answer.end(JSON.stringify(joined({ files: files.map(String) })));
      } catch {
        answer.writeHead(400).end();
      }
    });
  });
  await new Promise<void>((done, fail) => server.once('error', fail).listen(address, done));
  if (process.platform !== 'win32') chmodSync(address, 0o600);
  server.unref();
  return {
    address,
    close() {
      server.close();
      if (process.platform !== 'win32') rmSync(address, { force: true });
    },
  };
}

const patienceMs = 5000;

/** Asks a program that owns the store to come forward; null where it does not answer. */
export function askToJoin(address: string, asked: JoinRequest): Promise<JoinAnswer | null> {
  return new Promise((resolve) => {
    const call = request({ socketPath: address, path: '/', method: 'POST', timeout: patienceMs }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (chunk) => (body += chunk));
      answer.on('end', () => {
        try {
          resolve(JSON.parse(body) as JoinAnswer);
        } catch {
          resolve(null);
        }
      });
    });
    call.on('timeout', () => call.destroy());
    call.on('error', () => resolve(null));
    call.end(JSON.stringify(asked));
  });
}
