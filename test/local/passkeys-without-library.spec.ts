import { CompleteWebAuthnRegistrationCommand } from '@aws-sdk/client-cognito-identity-provider';

import { loadWebAuthn } from '../../lib/local/engine/passkeys/web-authn-library.js';
import { SoftwareAuthenticator } from '../support/software-authenticator.js';
import { startLocalService } from './local-service.js';
import { CHOICE_POOL, passwordToken, startPasskey } from './passkey-service.js';

jest.mock('@simplewebauthn/server', () => {
  throw Object.assign(new Error("Cannot find package '@simplewebauthn/server'"), { code: 'ERR_MODULE_NOT_FOUND' });
});

const INSTALL = /npm install --save-dev @simplewebauthn\/server/;

describe('passkeys without @simplewebauthn/server', () => {
  it('fail with the package to install', async () => {
    await expect(loadWebAuthn()).rejects.toMatchObject({
      name: 'MandateError',
      code: 'PEER_MISSING',
      message: expect.stringMatching(INSTALL),
      cause: expect.objectContaining({ code: 'ERR_MODULE_NOT_FOUND' }),
    });
  });

  it('fail for the client too, and only when one must be verified', async () => {
    const ann = { username: 'ann', password: 'Correct-Horse-9' };
    const service = await startLocalService({ pools: [{ name: 'choice', ...CHOICE_POOL, users: [ann] }] });
    try {
      const clientId = service.cognito.pool().client().id;
      const AccessToken = await passwordToken(service.sdk, clientId, ann.username, ann.password);
      const Credential = new SoftwareAuthenticator().create(await startPasskey(service.sdk, AccessToken));
      await expect(
        service.sdk.send(new CompleteWebAuthnRegistrationCommand({ AccessToken, Credential })),
      ).rejects.toMatchObject({ name: 'InternalErrorException', message: expect.stringMatching(INSTALL) });
    } finally {
      await service.stop();
    }
  });
});
