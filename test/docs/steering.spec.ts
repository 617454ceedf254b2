import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { LocalCognito } from 'mandate/testing';

import { STEERING_ENDPOINTS, EVENTS } from '../../lib/local/http/steering/steering-route.js';
import { FAULT_OPTIONS } from '../../lib/local/steering/fault-options.js';
import { call, succeed } from '../local/wire.js';
import { methodsOf } from './support/declarations.js';
import { namesIn } from './support/option-tables.js';

const PAGE = 'reference/embedded-cognito.md';
const PASSWORD = 'Correct-Horse-9';

describe('docs/reference/embedded-cognito.md', () => {
  it('has a row for each route of /__local, and for each option of a fault', () => {
    expect(namesIn(PAGE, 'route').sort()).toEqual([...Object.keys(STEERING_ENDPOINTS), EVENTS].sort());
    expect(namesIn(PAGE, 'option of a fault').sort()).toEqual(Object.keys(FAULT_OPTIONS).sort());
  });

  it.each([
    ['LocalClock', 'lib/local/steering/local-clock.ts'],
    ['Faults', 'lib/local/steering/faults.ts'],
    ['RequestQuotas', 'lib/local/steering/request-quotas.ts'],
  ])('has a row for each method of %s, and no other', (name, file) => {
    const shown = namesIn(PAGE, `method of \`${name}\``).map((code) => code.replace(/\(.*/, ''));
    expect(shown.sort()).toEqual(
      methodsOf(file, name)
        .map((method) => method.name)
        .sort(),
    );
  });
});

describe('docs/how-to/steer-the-embedded-cognito.md', () => {
  let cognito: LocalCognito;

  beforeEach(async () => {
    cognito = await LocalCognito.start({ users: [{ username: 'ann', password: PASSWORD }] });
  });

  afterEach(() => cognito.stop());

  const signUp = () =>
    succeed(cognito.endpoint, 'SignUp', {
      ...{ ClientId: cognito.pool().client().id, Username: 'bob', Password: PASSWORD },
      UserAttributes: [{ Name: 'email', Value: 'bob@example.com' }],
    });
  const signIn = () =>
    call(cognito.endpoint, 'InitiateAuth', {
      ...{ ClientId: cognito.pool().client().id, AuthFlow: 'USER_PASSWORD_AUTH' },
      AuthParameters: { USERNAME: 'ann', PASSWORD },
    });

  it('waits for a code', async () => {
    void signUp();
    // #region next
    const { code } = await cognito.outbox.next({ to: 'bob@example.com' });
    // #endregion
    expect(code).toMatch(/^\d{6}$/);
  });

  it('moves the clock', async () => {
    const { body } = await signIn();
    // #region clock
    cognito.clock.advance(60 * 60 * 1000); // access tokens of an hour have expired
    // #endregion
    const { AccessToken } = body['AuthenticationResult'] as { AccessToken: string };
    await expect(call(cognito.endpoint, 'GetUser', { AccessToken })).resolves.toMatchObject({ status: 400 });
  });

  it('plays faults', async () => {
    // #region faults
    cognito.faults.add({ operation: 'InitiateAuth', status: 500, times: 1 }); // the service fails once
    cognito.faults.add({ operation: 'SignUp', reset: true, after: true, times: 1 }); // the answer is lost
    cognito.faults.add({ operation: '/oauth2/token', throttle: true });
    cognito.faults.add({ operation: '*', delay: 20 });
    // #endregion
    await expect(signIn()).resolves.toMatchObject({ status: 500 });
    await expect(signUp()).rejects.toThrow('fetch failed');
    await expect(signUp()).rejects.toThrow('UsernameExistsException');
  });

  it('limits requests', async () => {
    // #region quotas
    cognito.quotas.set({ UserAuthentication: 1 }); // one sign-in a second; all other categories as at AWS
    // #endregion
    const answers = await Promise.all([signIn(), signIn(), signIn(), signIn()]);
    expect(answers.map(({ body }) => body['__type'])).toContain('TooManyRequestsException');
  });

  it('starts again', async () => {
    await signUp();
    // #region reset
    await cognito.reset(); // in beforeEach: users, messages, faults, clock and quotas as at the start
    // #endregion
    expect(cognito.outbox.all()).toEqual([]);
  });

  it('is steered by curl', async () => {
    await signUp();
    const env = { ...process.env, COGNITO_ENDPOINT: cognito.endpoint };
    const script = join(__dirname, 'files/steering/steer.sh');
    const { stdout } = await promisify(execFile)('sh', ['-e', script], { env });
    expect(stdout).toContain('"to":"bob@example.com"');
    expect(stdout).toContain('{"pools":[');
    expect(cognito.faults.list()).toEqual([]);
  });
});
