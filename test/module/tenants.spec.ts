import type { MandateModuleOptions } from '../../lib/module/options.js';
import { resolveOptions, resolveTenant } from '../../lib/module/resolve-options.js';
import type { TenantOptions, TenantsOption } from '../../lib/tokens/tenants/tenants-option.js';
import { createTenants } from '../../lib/tokens/tenants/tenants.js';
import { createPoolVerifier } from '../../lib/tokens/pool-verifier.js';
import { JwksServer } from '../tokens/support/jwks-server.js';
import { accessToken, CLIENT_ID, idToken, jwks, POOL_ID, TestClock } from '../tokens/support/test-issuer.js';

const ISSUER = 'https://tenant.example';
const FIVE_MINUTES = 300_000;
const tenant: TenantOptions = { userPoolId: POOL_ID, clientId: CLIENT_ID, issuer: ISSUER, jwks: jwks() };
const token = accessToken({ iss: ISSUER });

function tenantsUnderTest(tenants: TenantsOption, changes: Partial<MandateModuleOptions> = {}) {
  const clock = new TestClock();
  const options = resolveOptions(
    { userPoolId: 'eu-west-1_Own123456', clientId: 'own', jwks: jwks(), clock: clock.read, ...changes },
    {},
  );
  const own = createPoolVerifier({ ...options, revocation: undefined });
  const revocation = { revoker: {} as never, forPool: () => revocation };
  const set = createTenants({
    tenants,
    resolve: (answer) => resolveTenant(answer, options),
    pool: 'default',
    own,
    revocation,
    cacheSize: 10_000,
    clock: clock.read,
    observer: () => undefined,
  });
  return { clock, ...set };
}

describe('the option tenants', () => {
  let server: JwksServer | undefined;
  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });

  it('takes null for an issuer that is not listed, as databases answer', async () => {
    const tenants = jest.fn(async () => Promise.resolve(null));
    const { verifier } = tenantsUnderTest(tenants);
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'TOKEN_ISSUER_REFUSED' });
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'TOKEN_ISSUER_REFUSED' });
    expect(tenants).toHaveBeenCalledTimes(1);
  });

  it('notices a client that was taken out of the very list that was given before', async () => {
    const acceptedClientIds = ['first', CLIENT_ID];
    const { verifier, clock } = tenantsUnderTest(() => ({ ...tenant, acceptedClientIds }));
    await expect(verifier.verify(token)).resolves.toBeDefined();
    acceptedClientIds.pop();
    clock.advance(FIVE_MINUTES);
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'TOKEN_CLIENT_REFUSED' });
  });

  it('fetches the keys once for a row of a database that is the same each time', async () => {
    const { uri } = (server = await JwksServer.start(jwks()));
    class Row implements TenantOptions {
      readonly id = 7;
      readonly issuer = ISSUER;
      readonly userPoolId = POOL_ID;
      readonly jwksUri = uri;
      get clientId(): string {
        return CLIENT_ID;
      }
    }
    const { verifier, clock } = tenantsUnderTest(() => new Row());
    for (let times = 0; times < 3; times++) {
      await expect(verifier.verify(token)).resolves.toBeDefined();
      clock.advance(FIVE_MINUTES);
    }
    expect(server.requests).toBe(1);
  });

  it('takes undefined for left out: the kind of token is then as in the module', async () => {
    const { verifier } = tenantsUnderTest(() => ({ ...tenant, tokenUse: undefined }), { tokenUse: 'id' });
    await expect(verifier.verify(idToken({ iss: ISSUER }))).resolves.toMatchObject({ token_use: 'id' });
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'TOKEN_USE_REFUSED' });
  });

  it('takes null on purpose for what it is: every client of the pool', async () => {
    const { verifier } = tenantsUnderTest(() => ({ ...tenant, acceptedClientIds: null }));
    await expect(verifier.verify(accessToken({ iss: ISSUER, client_id: 'any' }))).resolves.toBeDefined();
  });

  it.each<[string, unknown]>([
    ['a text', 'eu-west-1_Other1234'],
    ['true', true],
    ['no client', { userPoolId: POOL_ID }],
    ['a set of clients', { ...tenant, acceptedClientIds: new Set(['any']) }],
  ])('takes %s for a fault of the application', async (_what, answer) => {
    const { verifier } = tenantsUnderTest(() => answer as TenantOptions);
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
  });
});
