import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type AttributesOf, CognitoService, defineAttributes, MandateModule } from 'mandate';
import { LocalCognito } from 'mandate/testing';

import { signingKeysPem } from '../local/signing-keys.js';
import { signIn } from './support/sign-in.js';

// #region define
export const attributes = defineAttributes({
  firstName: 'given_name',
  tenant: 'custom:tenant',
  level: { name: 'custom:level', type: 'number' },
});
export type AppAttributes = AttributesOf<typeof attributes>; // { firstName?: string; level?: number; email?: string; ... }
// #endregion

const ann = { username: 'ann', password: 'Correct-Horse-9' };

/** The code of docs/how-to/profile-and-attributes.md. */
describe('docs/how-to/profile-and-attributes.md', () => {
  let local: LocalCognito;
  let app: INestApplicationContext;

  beforeAll(async () => {
    local = await LocalCognito.start({
      pools: [
        {
          name: 'users',
          keys: signingKeysPem(),
          Schema: [
            { Name: 'tenant', AttributeDataType: 'String', Mutable: true },
            { Name: 'level', AttributeDataType: 'Number', Mutable: true },
          ],
          clients: [{ name: 'web', WriteAttributes: ['email', 'given_name', 'address', 'custom:level'] }],
          users: [{ ...ann, attributes: { email: 'ann@example.com', 'custom:tenant': 'acme' } }],
        },
      ],
    });
    const options = local.pool('users').moduleOptions();
    // #region module
    const registration = MandateModule.forRoot({ ...options, attributes });
    // #endregion
    app = await NestFactory.createApplicationContext(registration, { logger: ['error'] });
  });

  afterAll(async () => {
    await app.close();
    await local.stop();
  });

  // #region typed
  const typed = () => app.get<CognitoService<AppAttributes>>(CognitoService); // in a class: a parameter of this type
  // #endregion

  it('reads and changes attributes under the names of the application', async () => {
    const cognito = typed();
    const { accessToken } = await signIn(cognito, ann);
    // #region update
    await cognito.updateProfile({
      accessToken,
      attributes: { firstName: 'Ann', level: 3, address: { formatted: '1 Main St' } },
    });
    const { attributes: user } = await cognito.getUser(accessToken);
    await cognito.updateProfile({ accessToken, attributes: { address: null } }); // null removes one
    // #endregion
    expect(user).toMatchObject({ firstName: 'Ann', level: 3, tenant: 'acme', address: { formatted: '1 Main St' } });
    expect(await cognito.attributes.get(accessToken)).not.toHaveProperty('address');
    await expect(cognito.updateProfile({ accessToken, attributes: { tenant: 'evil' } })).rejects.toMatchObject({
      code: 'ATTRIBUTE_NOT_WRITABLE',
    });
  });

  it('verifies a changed address', async () => {
    const cognito = typed();
    const { accessToken } = await signIn(cognito, ann);
    // #region verify
    const [sent] = await cognito.updateProfile({ accessToken, attributes: { email: 'ann@new.example' } });
    // sent.destination: a***@n***; when the user has typed in the code:
    const code = local.outbox.latest({ to: 'ann@new.example' })?.code ?? '';
    await cognito.validateVerification({ accessToken, attribute: 'email', code });
    // #endregion
    expect(sent).toMatchObject({ medium: 'EMAIL', attribute: 'email' });
    await expect(cognito.attributes.get(accessToken)).resolves.toMatchObject({
      email: 'ann@new.example',
      email_verified: true,
    });
    local.outbox.clear();
    await cognito.sendVerification({ accessToken, attribute: 'email' });
    expect(local.outbox.latest({ to: 'ann@new.example' })?.code).toEqual(expect.any(String));
  });
});
