import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { CognitoAdminService, CognitoService, MandateModule, TokenSession } from 'mandate';
import { LocalCognito } from 'mandate/testing';

import { signingKeysPem } from '../../local/signing-keys.js';
import { RunningApps } from './running-app.js';

const page = readFileSync(join(__dirname, '../../../docs/migration/python-mandate-and-warrant.md'), 'utf8');
const rows = page.split('\n').filter((line) => line.startsWith('| `'));
const ours = rows.map((row) => row.split('|')[2] ?? '');

/** docs/migration/python-mandate-and-warrant.md. */
describe('the Python libraries', () => {
  const apps = new RunningApps();
  let local: LocalCognito;
  let cognito: CognitoService;
  let admin: CognitoAdminService;

  beforeAll(async () => {
    local = await LocalCognito.start({
      pools: [
        {
          name: 'people',
          keys: signingKeysPem(),
          UsernameAttributes: ['email'],
          clients: [{ name: 'web', secret: true }],
        },
      ],
    });
    const app = await apps.start({ imports: [MandateModule.forRoot(local.pool().moduleOptions())] });
    cognito = app.get(CognitoService);
    admin = app.get(CognitoAdminService);
  });

  afterAll(async () => {
    await apps.stop();
    await local.stop();
  });

  it('have a table whose methods are all there', () => {
    const methods = ours.flatMap((cell) => [...cell.matchAll(/\b(cognito|admin|session)\.([\w.]+)\(/g)]);
    expect(methods.length).toBeGreaterThan(35);
    const services: Record<string, object> = {
      cognito,
      admin,
      session: cognito.withTokens({ accessToken: 'a', tokenType: 'Bearer', expiresAt: 0 }),
    };
    const absent = methods.filter(([, service = '', path = '']) => {
      const method = path
        .split('.')
        .reduce<unknown>((found, name) => (found as Record<string, unknown> | undefined)?.[name], services[service]);
      return typeof method !== 'function';
    });
    expect(absent.map(([call]) => call)).toEqual([]);
  });

  it('have verbs of the same names', async () => {
    const inbox = (to: string) => local.outbox.latest({ to })?.code ?? '';
    const username = 'ann@example.com';
    const password = 'Correct-Horse-9';
    // #region after
    await cognito.register({ username, password, attributes: { name: 'Ann' } });
    await cognito.confirmSignUp({ username, code: inbox(username) });
    const outcome = await cognito.authenticate({ username, password });
    if (outcome.status === 'CHALLENGE') {
      throw new Error(`Answer ${outcome.challenge.name} by respondToChallenge().`);
    }
    const session = cognito.withTokens(outcome.tokens); // the object that holds the tokens
    await session.updateProfile({ nickname: 'Annie' });
    const { attributes } = await session.getUser();
    await session.logout();
    // #endregion
    expect(session).toBeInstanceOf(TokenSession);
    expect(attributes).toMatchObject({ name: 'Ann', nickname: 'Annie' });
  });

  it('sign in by an alias with a client secret, which failed in the original', async () => {
    local.pool().createUser({ username: 'bob@example.com', password: 'Correct-Horse-9' });
    const outcome = await cognito.authenticate({ username: 'bob@example.com', password: 'Correct-Horse-9' });
    expect(outcome.status).toBe('AUTHENTICATED');
  });

  it('got their users page by page', async () => {
    const usernames: string[] = [];
    // #region users
    for await (const user of admin.getUsers({ filter: { attribute: 'email', startsWith: 'bob@' } })) {
      usernames.push(user.username);
    }
    // #endregion
    expect(usernames).toHaveLength(1);
  });
});
