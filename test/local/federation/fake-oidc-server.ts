import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

/** How a fake OpenID provider deviates from a good one. */
export interface Deviations {
  /** Claims of the ID token. */
  claims?: JWTPayload;
  /** The ID token is signed by a key that the provider does not publish. */
  foreignKey?: boolean;
  userInfo?: Record<string, unknown>;
  /** Replaces the response of a path. `hang up` closes the connection. */
  responses?: Record<string, { readonly status: number; readonly body: string } | 'hang up'>;
}

/** An OpenID provider whose user is always the same. */
export interface FakeOidcServer {
  readonly issuer: string;
  /** Replaces the deviations. */
  readonly deviate: (deviations: Deviations) => void;
  /** The requests that it received, by path. */
  readonly requests: Map<string, { readonly method: string; readonly body: string; readonly authorization: string }>;
  readonly stop: () => Promise<void>;
}

/** Starts a fake provider. Its authorization endpoint sends the browser back at once. */
export async function startFakeOidcServer(): Promise<FakeOidcServer> {
  const [own, foreign] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')];
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'own', alg: 'RS256', use: 'sig' };
  let deviations: Deviations = {};
  const requests: FakeOidcServer['requests'] = new Map();
  let nonce = '';

  async function answer(path: string, query: URLSearchParams, response: ServerResponse): Promise<void> {
    const replaced = deviations.responses?.[path];
    if (replaced === 'hang up') {
      response.destroy();
      return;
    }
    if (replaced !== undefined) {
      response.writeHead(replaced.status).end(replaced.body);
      return;
    }
    if (path === '/authorize') {
      nonce = query.get('nonce') ?? '';
      const back = new URL(query.get('redirect_uri') ?? '');
      back.search = new URLSearchParams({ code: 'c0de', state: query.get('state') ?? '' }).toString();
      response.writeHead(302, { Location: back.href }).end();
      return;
    }
    response.end(JSON.stringify(await document(path)));
  }

  async function document(path: string): Promise<unknown> {
    switch (path) {
      case '/.well-known/openid-configuration':
        return {
          ...{ issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token` },
          ...{ jwks_uri: `${issuer}/jwks`, userinfo_endpoint: `${issuer}/me` },
        };
      case '/jwks':
        return { keys: [jwk] };
      case '/token':
        return { access_token: 'at', token_type: 'Bearer', id_token: await idToken() };
      default:
        return { sub: 'fake-1', email: 'fake@example.com', ...deviations.userInfo };
    }
  }

  async function idToken(): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: issuer, aud: 'cognito', sub: 'fake-1', iat: now, exp: now + 300, nonce };
    return new SignJWT({ ...claims, ...deviations.claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'own' })
      .sign(deviations.foreignKey ? foreign.privateKey : own.privateKey);
  }

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake');
    void read(request)
      .then((body) => {
        const { method = '', headers } = request;
        requests.set(pathname, { method, body, authorization: headers.authorization ?? '' });
        return answer(pathname, searchParams, response);
      })
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    deviate: (next) => {
      deviations = next;
    },
    requests,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
