import { CognitoJwtVerifier } from 'aws-jwt-verify';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';

import { LocalCognito } from '../../lib/local/local-cognito.js';
import { signingKeysPem } from '../local/signing-keys.js';
import { call } from '../local/wire.js';

const ANN = { username: 'ann', password: 'Correct-Horse-9', groups: ['admins'] };

describe.each(['ORIGINAL', 'UPDATED'] as const)('aws-jwt-verify, with issuers of AWS (%s)', (Type) => {
  let cognito: LocalCognito;

  beforeAll(async () => {
    cognito = await LocalCognito.start({
      issuer: 'aws',
      region: 'eu-central-1',
      pools: [{ name: 'people', keys: signingKeysPem(), users: [ANN], IssuerConfiguration: { Type } }],
    });
  });

  afterAll(() => cognito.stop());

  /** As an application would, which has the pool's ids and the address of its keys. */
  function verifierFor(tokenUse: 'access' | 'id', changes: { userPoolId?: string; clientId?: string } = {}) {
    const { userPoolId, clientId, jwksUri } = cognito.pool().moduleOptions();
    // #region verifier
    const fetcher = { fetch: async () => (await fetch(jwksUri)).arrayBuffer() };
    const verifier = CognitoJwtVerifier.create(
      { userPoolId, clientId, tokenUse, ...changes },
      { jwksCache: new SimpleJwksCache({ fetcher }) },
    );
    // #endregion
    return verifier;
  }

  async function signIn(): Promise<{ readonly AccessToken: string; readonly IdToken: string }> {
    const { body } = await call(cognito.endpoint, 'InitiateAuth', {
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: cognito.pool().client().id,
      AuthParameters: { USERNAME: ANN.username, PASSWORD: ANN.password },
    });
    return body['AuthenticationResult'] as { AccessToken: string; IdToken: string };
  }

  it('accepts both tokens of a sign-in', async () => {
    const { AccessToken, IdToken } = await signIn();
    const { id: userPoolId } = cognito.pool();
    const host = Type === 'UPDATED' ? 'issuer-cognito-idp' : 'cognito-idp';
    const iss = `https://${host}.eu-central-1.amazonaws.com/${userPoolId}`;
    await expect(verifierFor('access').verify(AccessToken)).resolves.toMatchObject({ iss, username: 'ann' });
    await expect(verifierFor('id').verify(IdToken)).resolves.toMatchObject({ iss, 'cognito:groups': ['admins'] });
  });

  it('refuses what it should', async () => {
    const { AccessToken } = await signIn();
    await expect(verifierFor('id').verify(AccessToken)).rejects.toThrow('Token use');
    await expect(verifierFor('access', { clientId: 'another' }).verify(AccessToken)).rejects.toThrow('Client ID');
    const expired = await cognito.pool().signToken({ username: 'ann', expiresInSeconds: -1 });
    await expect(verifierFor('access').verify(expired)).rejects.toThrow('expired');
    const other = verifierFor('access', { userPoolId: 'eu-central-1_Another01' });
    await expect(other.verify(AccessToken)).rejects.toThrow('issuer');
  });
});
