import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

import { RevocationList } from '../../../lib/tokens/revocation/revocation-list.js';
import { CognitoRevocationCheck } from '../../../lib/tokens/revocation/cognito-revocation-check.js';
import type { VerifiedClaims } from '../../../lib/tokens/claims/token-claims.js';
import { accessClaims, POOL_ID } from '../support/test-issuer.js';

const claims = accessClaims() as unknown as VerifiedClaims;
const TIMEOUT = 100;

function stall(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** A healthy store behind a socket, which answers one line of keys with one line of values. */
class SocketStore {
  readonly #values = new Map<string, number>();
  readonly #waiting: ((line: string) => void)[] = [];
  #server!: Server;
  #socket!: Socket;

  async start(): Promise<void> {
    this.#server = createServer((socket) => {
      socket.on('data', (lines) => {
        for (const line of lines.toString().trim().split('\n')) {
          const keys = JSON.parse(line) as string[];
          socket.write(`${JSON.stringify(keys.map((key) => this.#values.get(key) ?? null))}\n`);
        }
      });
    });
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.#socket = connect((this.#server.address() as AddressInfo).port, '127.0.0.1');
    this.#socket.on('data', (lines) => {
      for (const line of lines.toString().trim().split('\n')) {
        this.#waiting.shift()?.(line);
      }
    });
  }

  async stop(): Promise<void> {
    this.#socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  set(key: string, value: number): void {
    this.#values.set(key, value);
  }

  async get(key: string): Promise<unknown> {
    return ((await this.getMany([key])) as unknown[])[0];
  }

  async getMany(keys: string[]): Promise<unknown> {
    const line = await new Promise<string>((resolve) => {
      this.#waiting.push(resolve);
      this.#socket.write(`${JSON.stringify(keys)}\n`);
    });
    return JSON.parse(line);
  }
}

describe('checks for revoked tokens, when the event loop stalls', () => {
  const store = new SocketStore();
  beforeAll(() => store.start());
  afterAll(() => store.stop());

  it('take it for no outage of a healthy store: neither the checks under way nor the next ones fail', async () => {
    const list = new RevocationList({ userPoolId: POOL_ID, store, timeout: TIMEOUT });
    const check = async () => Promise.all(Array.from({ length: 20 }, async () => list.isRevoked(claims)));
    await expect(check()).resolves.toEqual(Array(20).fill(false));
    const underWay = check();
    stall(2 * TIMEOUT);
    await expect(underWay).resolves.toEqual(Array(20).fill(false));
    await expect(check()).resolves.toEqual(Array(20).fill(false));
  });

  it('do not take it for an outage of Cognito', async () => {
    const isAccepted = async () => (await store.get('anything')) === null;
    const check = new CognitoRevocationCheck({ isAccepted, timeout: TIMEOUT });
    const underWay = check.isRevoked(claims, 'token');
    stall(2 * TIMEOUT);
    await expect(underWay).resolves.toBe(false);
  });
});
