/** Who may talk to the loopback door: the browser that opened the one-time address, and no other page or program. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const secret = () => randomBytes(32).toString('base64url');

function equal(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

/** A refusal before any work: the status and one sentence. */
export interface Refusal {
  status: number;
  message: string;
}

export class HttpSession {
  readonly #origin: string;
  readonly #host: string;
  readonly #cookieName: string;
  readonly #cookie = secret();
  readonly #launchTokens = new Set<string>();
  /** True once a launch address was used. */
  opened = false;

  /** @param port the port the door listens on at 127.0.0.1. */
  constructor(port: number) {
    this.#host = `127.0.0.1:${port}`;
    this.#origin = `http://${this.#host}`;
    // Cookies are shared between the ports of a host, so that the name keeps two running programs apart.
    this.#cookieName = `salescope-${port}`;
  }

  /** A new address that opens the door once. */
  newUrl(): string {
    const token = secret();
    this.#launchTokens.add(token);
    return `${this.#origin}/launch?token=${token}`;
  }

  /** Uses a launch token up; answers the cookie to set, or null when the token is unknown or used. */
  launch(token: string | null): string | null {
    const found = [...this.#launchTokens].find((candidate) => equal(candidate, token ?? ''));
    if (found === undefined) return null;
    this.#launchTokens.delete(found);
    this.opened = true;
    return `${this.#cookieName}=${this.#cookie}; Path=/; HttpOnly; SameSite=Strict`;
  }

  /** Checks that the request was meant for this address. */
  refuseHost({ headers }: IncomingMessage): Refusal | null {
    return headers.host === this.#host ? null : { status: 421, message: `This address serves ${this.#host} only.` };
  }

  /** Checks that the request does not come from another site. */
  refuseSource({ headers, method }: IncomingMessage): Refusal | null {
    const site = headers['sec-fetch-site'];
    const reading = method === 'GET' || method === 'HEAD';
    // 'none' is the user typing the address; it reads pages and never calls.
    const sameSite = site === undefined || site === 'same-origin' || (reading && site === 'none');
    const sameOrigin = headers.origin === this.#origin || (reading && headers.origin === undefined);
    if (!sameSite || !sameOrigin) return { status: 403, message: 'Requests from other sites are refused.' };
    return null;
  }

  /** Checks the cookie that the launch address set. */
  refuseStranger({ headers }: IncomingMessage): Refusal | null {
    const mine = (headers.cookie ?? '')
      .split(/;\s*/)
      .some((pair) => equal(pair, `${this.#cookieName}=${this.#cookie}`));
    return mine
      ? null
      : { status: 403, message: 'Open Salescope through the address that it printed when it started.' };
  }
}
