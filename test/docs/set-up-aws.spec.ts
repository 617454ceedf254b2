import { Test, type TestingModule } from '@nestjs/testing';
import { CognitoService, MandateModule } from 'mandate';
import { type LocalClientOptions, LocalCognito } from 'mandate/testing';

import { signingKeysPem } from '../local/signing-keys.js';

// #region client
const client: LocalClientOptions = {
  name: 'backend',
  secret: true,
  ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_AUTH'],
  RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 },
  EnableTokenRevocation: true,
  PreventUserExistenceErrors: 'ENABLED',
  WriteAttributes: ['email', 'name'],
};
// #endregion

const cid = { username: 'cid', password: 'Correct-Horse-9' };
let local: LocalCognito;
let app: TestingModule;
let cognito: CognitoService;

beforeAll(async () => {
  local = await LocalCognito.start({
    pools: [
      {
        name: 'users',
        keys: signingKeysPem(),
        clients: [client],
        Schema: [{ Name: 'plan', AttributeDataType: 'String', Mutable: true }],
      },
    ],
  });
  app = await Test.createTestingModule({
    imports: [MandateModule.forRoot(local.pool().moduleOptions())],
  }).compile();
  cognito = app.get(CognitoService);
});

afterAll(async () => {
  await app.close();
  await local.stop();
});

describe('docs/getting-started/set-up-aws.md', () => {
  it('describes a client that signs users up, in, and renews their tokens', async () => {
    await cognito.register({ ...cid, attributes: { email: 'cid@example.com' } });
    await cognito.confirmSignUp({ username: 'cid', code: local.outbox.latest({ username: 'cid' })?.code ?? '' });
    const outcome = await cognito.authenticate(cid);
    const tokens = outcome.status === 'AUTHENTICATED' ? outcome.tokens : undefined;
    const renewed = await cognito.renewTokens(tokens ?? {});
    expect(renewed.refreshToken).not.toBe(tokens?.refreshToken);
    await cognito.revokeToken(renewed.refreshToken, renewed);
  });

  it('does not tell who is registered', async () => {
    const unknown = cognito.authenticate({ username: 'nobody', password: 'Correct-Horse-9' });
    await expect(unknown).rejects.toMatchObject({ code: 'CREDENTIALS_INVALID' });
  });

  it('lets nobody write a custom attribute', async () => {
    const attributes = { 'custom:plan': 'gold' };
    const signUp = cognito.register({ ...cid, username: 'dan', attributes });
    await expect(signUp).rejects.toMatchObject({ code: 'ATTRIBUTE_NOT_WRITABLE' });
  });

  it.each(['USER_PASSWORD_AUTH', 'CUSTOM_AUTH'] as const)('does not allow %s', async (flow) => {
    await expect(cognito.authenticate({ ...cid, flow })).rejects.toMatchObject({ code: 'AUTH_FLOW_NOT_ENABLED' });
  });

  it('cannot be created with ALLOW_REFRESH_TOKEN_AUTH, because it rotates', () => {
    const flows = [...(client.ExplicitAuthFlows ?? []), 'ALLOW_REFRESH_TOKEN_AUTH' as const];
    expect(() => local.pool().createClient({ ...client, name: 'other', ExplicitAuthFlows: flows })).toThrow(
      /rotation cannot be enabled together with ALLOW_REFRESH_TOKEN_AUTH/,
    );
  });
});
