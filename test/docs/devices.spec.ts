import type { CognitoService, NewDevice, RememberedDevice } from 'mandate';

import { authenticatorCode } from '../support/authenticator-app.js';
import { Services } from './support/services.js';

const credentials = { username: 'eve', password: 'Correct-Horse-9' };

/** The code of docs/how-to/devices.md. */
describe('docs/how-to/devices.md', () => {
  let services: Services;
  let cognito: CognitoService;

  beforeAll(async () => {
    services = await Services.start({
      // #region pool
      mfa: { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } },
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true },
      // #endregion
      users: [credentials],
    });
    ({ cognito } = services);
  });

  afterAll(() => services.stop());

  it('remembers a device, which replaces the second factor, until it is forgotten', async () => {
    const outcome = await cognito.authenticate(credentials);
    if (outcome.status !== 'AUTHENTICATED' || outcome.newDevice === undefined) throw new Error('Expected a device.');
    const { accessToken } = outcome.tokens;
    const stored = new Map<string, RememberedDevice>();
    const keepInBrowser = (device: RememberedDevice) => stored.set('device', device);
    const userAgrees = () => true;
    const confirm = async (newDevice: NewDevice) => {
      // #region confirm
      const { device, needsUserConsent } = await cognito.devices.confirm({ accessToken, newDevice, name: 'My laptop' });
      if (needsUserConsent && userAgrees()) {
        await cognito.devices.remember({ accessToken, deviceKey: device.key });
      }
      keepInBrowser(device); // sealed, for this browser only: it holds a secret
      // #endregion
    };
    await confirm(outcome.newDevice);
    const { otpauthUri } = await cognito.mfa.associateSoftwareToken({ accessToken });
    await cognito.mfa.verifySoftwareToken({ accessToken, code: authenticatorCode(otpauthUri, Date.now()) });
    await cognito.mfa.setPreference({ accessToken, softwareToken: { enabled: true, preferred: true } });

    const device = stored.get('device');
    // #region sign-in
    const again = await cognito.authenticate({ ...credentials, device });
    if (again.forgottenDeviceKey !== undefined) {
      stored.delete('device'); // Cognito knows the device no longer
    }
    // #endregion
    expect(again).toMatchObject({ status: 'AUTHENTICATED' });
    await expect(cognito.authenticate(credentials)).resolves.toMatchObject({
      challenge: { name: 'SOFTWARE_TOKEN_MFA' },
    });

    const names: (string | undefined)[] = [];
    // #region list
    for await (const { key, name, remembered, lastIpAddress } of cognito.devices.list(accessToken)) {
      names.push(`${name ?? key}, ${remembered ? 'remembered' : 'known'}, ${lastIpAddress ?? ''}`);
    }
    // #endregion
    expect(names).toEqual([expect.stringMatching(/^My laptop, remembered, /)]);
    const deviceKey = device?.key ?? '';
    // #region forget
    await cognito.devices.forget({ accessToken, deviceKey }); // its sign-ins can be renewed no longer
    // #endregion
    await expect(cognito.authenticate({ ...credentials, device })).resolves.toMatchObject({
      status: 'CHALLENGE',
      forgottenDeviceKey: deviceKey,
    });
  });
});
