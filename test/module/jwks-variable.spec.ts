import { Test, type TestingModule } from '@nestjs/testing';

import { getTokenVerifierToken, MandateModule, TokenVerifier } from '../../lib/index.js';
import { CognitoHosts } from '../tokens/support/cognito-hosts.js';
import {
  accessClaims,
  accessToken,
  CLIENT_ID,
  jwks,
  POOL_ID,
  signToken,
  TestClock,
  TestKey,
} from '../tokens/support/test-issuer.js';

const STAFF_POOL = 'eu-west-1_Staff1234';
const staffKey = new TestKey('staff-key');
const staffToken = signToken(
  accessClaims({ iss: `https://cognito-idp.eu-west-1.amazonaws.com/${STAFF_POOL}` }),
  staffKey,
);
const options = { userPoolId: POOL_ID, clientId: CLIENT_ID, clock: new TestClock().read };

describe('COGNITO_JWKS', () => {
  let hosts: CognitoHosts;
  let app: TestingModule;
  const before = process.env['COGNITO_JWKS'];

  beforeEach(() => {
    process.env['COGNITO_JWKS'] = JSON.stringify(jwks());
  });
  afterEach(async () => {
    await app.close();
    await hosts.stop();
    if (before === undefined) {
      delete process.env['COGNITO_JWKS'];
    } else {
      process.env['COGNITO_JWKS'] = before;
    }
  });

  it('is enough to verify tokens of the pool without a name, without the network', async () => {
    hosts = await CognitoHosts.start(() => 403);
    app = await Test.createTestingModule({ imports: [MandateModule.forRoot(options)] }).compile();
    await expect(app.get(TokenVerifier).verify(accessToken())).resolves.toBeDefined();
    expect(hosts.asked).toEqual([]);
  });

  it('says nothing about the keys of a pool with a name', async () => {
    hosts = await CognitoHosts.start(() => jwks(staffKey));
    const staff = { ...options, userPoolId: STAFF_POOL, name: 'staff' };
    app = await Test.createTestingModule({
      imports: [MandateModule.forRoot(options), MandateModule.forRoot(staff)],
    }).compile();
    await expect(app.get(TokenVerifier).verify(accessToken())).resolves.toBeDefined();
    await expect(
      app.get<TokenVerifier>(getTokenVerifierToken('staff'), { strict: false }).verify(staffToken),
    ).resolves.toBeDefined();
    expect(hosts.asked).toHaveLength(1);
  });
});
