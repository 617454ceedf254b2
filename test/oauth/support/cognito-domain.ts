import { createHash, randomUUID } from 'node:crypto';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

import { accessToken, type Claims, CLIENT_ID, idToken, machineToken, NOW } from '../../tokens/support/test-issuer.js';

export const REDIRECT_URI = 'https://app.example/auth/callback';
export const LOGOUT_URI = 'https://app.example/signed-out';
export const SECRET = '1secret4test5of6the7domain';
export const SUB = '7d8ca528-4931-4254-9273-ea5ee853f271';

/** A request that the domain has received. */
export interface DomainRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly form: URLSearchParams;
}

/** Answers a request instead of the domain. */
export type DomainHandler = (request: DomainRequest, response: ServerResponse) => void;

interface IssuedCode {
  readonly redirectUri: string;
  readonly challenge: string;
  readonly nonce: string;
  readonly resource: string | undefined;
}

/** The domain of a user pool: answers as Cognito does, its deviations from the standards included. */
export class CognitoDomain {
  readonly requests: DomainRequest[] = [];
  /** Replaces what an endpoint answers, by path. */
  readonly handlers = new Map<string, DomainHandler>();
  /** Claims that differ from the usual in the tokens of the token endpoint. */
  idClaims: Claims = {};
  accessClaims: Claims = {};
  /** The time in which tokens are issued. */
  clock = (): number => NOW;
  /** Whether a renewal replaces the refresh token. */
  rotates = false;
  /** The secret of the app client; undefined for a public client. */
  secret: string | undefined = SECRET;
  readonly revoked = new Set<string>();
  private readonly codes = new Map<string, IssuedCode>();
  private readonly resources = new Map<string, string | undefined>();
  private refreshTokens = 0;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<CognitoDomain> {
    const server = createServer();
    const domain = new CognitoDomain(server);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void domain.handle(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return domain;
  }

  get origin(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Plays a browser with a user who signs in: the query that the app's callback receives. */
  async signIn(url: string): Promise<URLSearchParams> {
    const response = await fetch(url, { redirect: 'manual' });
    return new URL(response.headers.get('location') ?? '').searchParams;
  }

  /** The requests to an endpoint. */
  to(path: string): readonly DomainRequest[] {
    return this.requests.filter((request) => request.path === path);
  }

  private async handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '/', this.origin);
    const chunks: Buffer[] = [];
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      chunks.push(chunk);
    }
    const request: DomainRequest = {
      method: incoming.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: incoming.headers,
      form: new URLSearchParams(Buffer.concat(chunks).toString()),
    };
    this.requests.push(request);
    (this.handlers.get(url.pathname) ?? this.endpoint(request))(request, response);
  }

  private endpoint({ method, path }: DomainRequest): DomainHandler {
    switch (`${method} ${path}`) {
      case 'GET /oauth2/authorize':
      case 'GET /signup':
        return this.authorize;
      case 'POST /oauth2/token':
        return this.token;
      case 'GET /oauth2/userInfo':
        return this.userInfo;
      case 'POST /oauth2/revoke':
        return this.revoke;
      case 'GET /logout':
        return this.logout;
      default:
        return (_request, response) => {
          response.writeHead(404, { 'content-type': 'text/html' }).end('<html>Not Found</html>');
        };
    }
  }

  private readonly authorize: DomainHandler = ({ query }, response) => {
    const redirectUri = query.get('redirect_uri') ?? '';
    if (query.get('client_id') !== CLIENT_ID || redirectUri !== REDIRECT_URI) {
      response
        .writeHead(302, { location: `${this.origin}/error?error=redirect_mismatch&client_id=${CLIENT_ID}` })
        .end();
      return;
    }
    if (query.get('prompt') === 'none') {
      redirect(response, redirectUri, { error: 'login_required', state: query.get('state') ?? '' });
      return;
    }
    if ((query.get('scope') ?? '').includes('unknown/')) {
      // Cognito leaves out the state.
      redirect(response, redirectUri, { error: 'invalid_request', error_description: 'invalid_scope' });
      return;
    }
    const code = randomUUID();
    this.codes.set(code, {
      redirectUri,
      challenge: query.get('code_challenge') ?? '',
      nonce: query.get('nonce') ?? '',
      resource: query.get('resource') ?? undefined,
    });
    redirect(response, redirectUri, { code, state: query.get('state') ?? '' });
  };

  private readonly token: DomainHandler = (request, response) => {
    if (!this.isAuthenticated(request)) {
      json(response, 400, { error: 'invalid_client' });
      return;
    }
    const { form } = request;
    switch (form.get('grant_type')) {
      case 'authorization_code':
        this.redeem(form, response);
        break;
      case 'refresh_token':
        this.renew(form.get('refresh_token') ?? '', response);
        break;
      case 'client_credentials':
        json(response, 200, {
          access_token: machineToken({ jti: randomUUID() }),
          expires_in: 3600,
          token_type: 'Bearer',
        });
        break;
      default:
        json(response, 400, { error: 'unsupported_grant_type' });
    }
  };

  private redeem(form: URLSearchParams, response: ServerResponse): void {
    const code = this.codes.get(form.get('code') ?? '');
    this.codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (code?.challenge !== challenge) {
      json(response, 400, { error: 'invalid_grant' });
      return;
    }
    if (code.redirectUri !== form.get('redirect_uri')) {
      json(response, 400, { error: 'unauthorized_client', error_description: 'invalid_redirect' });
      return;
    }
    json(response, 200, {
      ...this.tokens(code.resource),
      id_token: idToken({ ...this.times(), nonce: code.nonce, ...this.idClaims }),
      refresh_token: this.newRefreshToken(code.resource),
    });
  }

  private renew(refreshToken: string, response: ServerResponse): void {
    if (!this.resources.has(refreshToken) || this.revoked.has(refreshToken)) {
      json(response, 400, { error: 'invalid_grant' });
      return;
    }
    const resource = this.resources.get(refreshToken);
    if (this.rotates) {
      this.revoked.add(refreshToken);
    }
    json(response, 200, {
      ...this.tokens(resource),
      id_token: idToken({ ...this.times(), ...this.idClaims }),
      ...(this.rotates && { refresh_token: this.newRefreshToken(resource) }),
    });
  }

  private tokens(resource: string | undefined): object {
    const access = accessToken({
      ...this.times(),
      scope: 'openid',
      jti: randomUUID(),
      aud: resource,
      ...this.accessClaims,
    });
    return { access_token: access, expires_in: 3600, token_type: 'Bearer' };
  }

  private times(): Claims {
    const seconds = Math.floor(this.clock() / 1_000);
    return { iat: seconds, exp: seconds + 3_600 };
  }

  private newRefreshToken(resource: string | undefined): string {
    this.refreshTokens += 1;
    const token = `refresh-token-${String(this.refreshTokens)}`;
    this.resources.set(token, resource);
    return token;
  }

  /** All values are text, and refusals name no scheme. */
  private readonly userInfo: DomainHandler = ({ headers }, response) => {
    const token = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];
    if (token === undefined) {
      const text = 'error="invalid_request", error_description="Bad OAuth2 request at UserInfo Endpoint"';
      response.writeHead(400, { 'www-authenticate': text }).end();
      return;
    }
    json(response, 200, {
      sub: SUB,
      email_verified: 'true',
      phone_number_verified: 'false',
      email: 'jane@example.com',
      'custom:plan': 'true',
      username: 'janedoe',
    });
  };

  private readonly revoke: DomainHandler = (request, response) => {
    if (!this.isAuthenticated(request)) {
      json(response, 401, { error: 'invalid_client' });
      return;
    }
    const token = request.form.get('token') ?? '';
    if (token.split('.').length === 3) {
      json(response, 400, { error: 'unsupported_token_type' });
      return;
    }
    this.revoked.add(token);
    response.writeHead(200).end();
  };

  private readonly logout: DomainHandler = ({ query }, response) => {
    if (query.get('logout_uri') === LOGOUT_URI && query.get('client_id') === CLIENT_ID) {
      response.writeHead(302, { location: LOGOUT_URI }).end();
    } else if (query.get('redirect_uri') === REDIRECT_URI && query.get('response_type') === 'code') {
      response.writeHead(302, { location: `${this.origin}/oauth2/authorize?${query.toString()}` }).end();
    } else {
      response.writeHead(302, { location: `${this.origin}/error?error=invalid_request&client_id=${CLIENT_ID}` }).end();
    }
  };

  private isAuthenticated({ headers, form }: DomainRequest): boolean {
    const basic = /^Basic (\S+)$/.exec(headers.authorization ?? '')?.[1];
    if (basic !== undefined) {
      return Buffer.from(basic, 'base64').toString() === `${CLIENT_ID}:${String(this.secret)}`;
    }
    const secret = form.get('client_secret') ?? undefined;
    return form.get('client_id') === CLIENT_ID && secret === this.secret;
  }
}

export function json(response: ServerResponse, status: number, body: object): void {
  const headers = { 'content-type': 'application/json;charset=UTF-8', 'x-amz-cognito-request-id': 'request-1' };
  response.writeHead(status, headers).end(JSON.stringify(body));
}

function redirect(response: ServerResponse, uri: string, parameters: Record<string, string>): void {
  response.writeHead(302, { location: `${uri}?${new URLSearchParams(parameters).toString()}` }).end();
}
