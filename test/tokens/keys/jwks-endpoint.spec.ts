import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

import { jwksEndpoint, type JwksTransport } from '../../../lib/tokens/keys/jwks-endpoint.js';
import { KeySetRefusedError } from '../../../lib/tokens/keys/jwks-request.js';
import { JwksServer } from '../support/jwks-server.js';
import { accessKey, jwks } from '../support/test-issuer.js';

describe('jwksEndpoint', () => {
  let server: JwksServer;
  beforeEach(async () => {
    server = await JwksServer.start(jwks());
  });
  afterEach(() => server.stop());

  const fetch = async (transport?: JwksTransport, signal?: AbortSignal) =>
    jwksEndpoint(server.uri, 60_000, transport)(signal);
  const answer = (send: (response: ServerResponse) => void) => {
    server.answer((_request, response) => {
      send(response);
    });
  };

  it('reads no more than a mebibyte of an endpoint that never stops sending', async () => {
    let sent = 0;
    const closed = new Promise<void>((resolve) => {
      answer((response) => {
        const piece = 'x'.repeat(65_536);
        const send = (): void => {
          while (!response.destroyed && response.write(piece)) {
            sent += piece.length;
          }
        };
        response.on('drain', send).on('close', resolve);
        send();
      });
    });
    await expect(fetch()).rejects.toThrow('The response is larger than 1048576 bytes, which no key set is.');
    await closed;
    // What the sockets of both sides buffer comes on top.
    expect(sent).toBeLessThan(50_000_000);
  });

  it('does not unpack what it did not ask to be packed', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, ' '));
    let asked: unknown;
    server.answer(({ headers }, response) => {
      asked = headers['accept-encoding'];
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/json' }).end(bomb);
    });
    await expect(fetch()).rejects.toThrow(
      'The response is not JSON (content type: application/json, content encoding: gzip, which was not asked for).',
    );
    expect(asked).toBe('identity');
  });

  it('takes no more than a hundred keys', async () => {
    const key = accessKey.jwk();
    const keys = (length: number) => Array.from({ length }, (_, i) => ({ ...key, kid: `key-${String(i)}` }));
    server.serve({ keys: keys(100) });
    await expect(fetch()).resolves.toHaveLength(100);
    server.serve({ keys: keys(101) });
    await expect(fetch()).rejects.toThrow('The key set contains 101 keys. No more than 100 are read.');
  });

  it.each([
    [
      301,
      'https://elsewhere.example/keys?secret=1',
      'answered 301 Moved Permanently (https://elsewhere.example/keys). Redirections are not followed.',
    ],
    [500, undefined, 'The endpoint answered 500 Internal Server Error.'],
    [599, undefined, 'The endpoint answered 599.'],
  ])('says that the endpoint answered %s', async (status, location, text) => {
    answer((response) => response.writeHead(status, location === undefined ? {} : { location }).end('secret'));
    const failure: unknown = await fetch().catch((error: unknown) => error);
    expect(failure).not.toBeInstanceOf(KeySetRefusedError);
    expect(String(failure)).toContain(text);
    expect(String(failure)).not.toContain('secret');
  });

  it.each([400, 401, 403, 404, 410])('takes %s for the answer that there is no such key set', async (status) => {
    answer((response) => response.writeHead(status).end());
    await expect(fetch()).rejects.toBeInstanceOf(KeySetRefusedError);
  });

  it('says what came instead of a key set', async () => {
    answer((response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Log in to the proxy</h1>'));
    await expect(fetch()).rejects.toThrow('The response is not JSON (content type: text/html).');
    server.serve([]);
    await expect(fetch()).rejects.toThrow('The response is not a JSON Web Key Set: an object with a list "keys".');
  });

  it('ends the request when the caller closes, before and after the response has begun', async () => {
    for (const begin of [() => undefined, (response: ServerResponse) => response.writeHead(200).write('{"keys":[')]) {
      const controller = new AbortController();
      const ended = new Promise<void>((resolve) => {
        answer((response) => {
          response.on('close', resolve);
          begin(response);
          controller.abort(new Error('closed'));
        });
      });
      await expect(fetch({}, controller.signal)).rejects.toThrow('closed');
      await ended;
    }
    await expect(fetch({}, AbortSignal.abort(new Error('closed before')))).rejects.toThrow('closed before');
  });

  it('keeps no connection', async () => {
    let connection: unknown;
    server.answer(({ headers }, response) => {
      ({ connection } = headers);
      response.end(JSON.stringify(jwks()));
    });
    await fetch();
    expect(connection).toBe('close');
  });

  it('has the key set fetched by the application, and tells it when to stop', async () => {
    const calls: [string, AbortSignal][] = [];
    const fetcher = jest.fn(async (uri: string, signal: AbortSignal) => {
      calls.push([uri, signal]);
      return Promise.resolve(jwks());
    });
    await expect(fetch({ fetcher })).resolves.toHaveLength(2);
    expect(calls).toEqual([[server.uri, expect.any(AbortSignal)]]);
    expect(server.requests).toBe(0);

    const controller = new AbortController();
    let stopped: AbortSignal | undefined;
    const never = async (_uri: string, signal: AbortSignal) => {
      stopped = signal;
      controller.abort(new Error('closed'));
      return new Promise<never>(() => undefined);
    };
    await expect(fetch({ fetcher: never }, controller.signal)).rejects.toThrow('closed');
    expect(stopped?.aborted).toBe(true);
  });

  it.each([undefined, null, new Response('{"keys":[]}'), [], 'keys'])(
    'takes %p of the application for a fault',
    async (value) => {
      await expect(fetch({ fetcher: () => value as never })).rejects.toThrow('is not a JSON Web Key Set');
    },
  );
});
