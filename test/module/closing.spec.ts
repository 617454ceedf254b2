import { Test, type TestingModule } from '@nestjs/testing';

import { MandateModule, type MandateModuleOptions, TokenVerifier } from '../../lib/index.js';
import { UserPools } from '../../lib/auth/pools/user-pools.js';
import type { TokenEvent } from '../../lib/tokens/token-events.js';
import { JwksServer } from '../tokens/support/jwks-server.js';
import { accessToken, CLIENT_ID, ISSUER, jwks, POOL_ID, TestClock } from '../tokens/support/test-issuer.js';

const TENANT = 'https://tenant.example';

describe('an application that closes', () => {
  let server: JwksServer;
  let app: TestingModule;
  let events: TokenEvent[];
  beforeEach(async () => {
    server = await JwksServer.start(jwks());
    events = [];
  });
  afterEach(() => server.stop());

  const start = async (options: Partial<MandateModuleOptions> = {}) => {
    const registration = MandateModule.forRoot({
      userPoolId: POOL_ID,
      clientId: CLIENT_ID,
      jwksUri: server.uri,
      jwksTimeout: 600_000,
      clock: new TestClock().read,
      onTokenEvent: (event) => events.push(event),
      ...options,
    });
    app = await Test.createTestingModule({ imports: [registration] }).compile();
    await app.init();
  };
  /** Makes the endpoint say nothing; resolves to what tells that the connection has ended. */
  const hang = () =>
    new Promise<{ readonly ended: Promise<void> }>((asked) => {
      server.answer((_request, response) => {
        asked({ ended: new Promise((ended) => response.on('close', ended)) });
      });
    });

  it('ends the fetch of keys that it has begun at the start, and takes that for no outage', async () => {
    const asked = hang();
    await start({ jwksPreload: true });
    const { ended } = await asked;
    await app.close();
    await ended;
    await new Promise(setImmediate);
    expect(events).toEqual([]);
  });

  it('ends the fetch that a token waits for, and starts no further one', async () => {
    const asked = hang();
    await start();
    const verdict = app.get(TokenVerifier).verify(accessToken());
    const refused = expect(verdict).rejects.toMatchObject({ code: 'SIGNING_KEYS_UNAVAILABLE' });
    const { ended } = await asked;
    await app.close();
    await Promise.all([ended, refused]);
    await expect(app.get(TokenVerifier).verify(accessToken())).rejects.toMatchObject({
      code: 'SIGNING_KEYS_UNAVAILABLE',
      cause: { message: 'The verifier was closed.' },
    });
    expect(server.requests).toBe(1);
    expect(events).toEqual([]);
  });

  it('goes on with the keys that it knows', async () => {
    await start();
    await app.get(TokenVerifier).verify(accessToken());
    await app.close();
    await expect(app.get(TokenVerifier).verify(accessToken({ jti: 'other' }))).resolves.toBeDefined();
  });

  it('ends the fetches of its tenants, and the questions about them', async () => {
    const listed = { userPoolId: POOL_ID, clientId: CLIENT_ID, issuer: TENANT, jwksUri: server.uri };
    const tenants = jest.fn(async (issuer: string) =>
      issuer === TENANT ? Promise.resolve(listed) : new Promise<never>(() => undefined),
    );
    await start({ tenants });
    const { verifier } = app.get(UserPools, { strict: false }).get();
    const asked = hang();
    const waiting = verifier.verify(accessToken({ iss: TENANT }));
    const unknown = verifier.verify(accessToken({ iss: 'https://unknown.example' }));
    const refused = Promise.all([
      expect(waiting).rejects.toMatchObject({ code: 'SIGNING_KEYS_UNAVAILABLE' }),
      expect(unknown).rejects.toMatchObject({ code: 'TENANTS_UNAVAILABLE' }),
    ]);
    const { ended } = await asked;
    await app.close();
    await Promise.all([ended, refused]);
    await expect(verifier.verify(accessToken({ iss: ISSUER }))).rejects.toMatchObject({ status: 503 });
  });
});
