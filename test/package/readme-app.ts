import { sourceOf } from './packed-app.js';
import { freePort, StartedProgram } from './started-program.js';

const SAMPLE = 'sample/01-quick-start/src/';
const STARTED = 'test/docs/files/getting-started/';

/** An embedded Cognito of the packed package, in plain Node: prints what the README's application reads. */
const COGNITO = `
import { LocalCognito } from 'mandate/testing';

async function start() {
  const users = [{ username: 'ann', password: 'Correct-Horse-9' }];
  const cognito = await LocalCognito.start({ pools: [{ name: 'p', clients: [{ name: 'c', secret: true }], users }] });
  const options = cognito.pool().moduleOptions();
  console.log(JSON.stringify({
    COGNITO_USER_POOL_ID: options.userPoolId,
    COGNITO_CLIENT_ID: options.clientId,
    COGNITO_CLIENT_SECRET: options.clientSecret,
    COGNITO_ENDPOINT: options.endpoint,
    COGNITO_ISSUER: options.issuer,
    SESSION_SECRET: 'a secret of this test, with 32 characters or more',
  }));
}
void start();
`;

/**
 * The code of the README and of the first pages of the documentation in one application, which is that of the quick start
 * with a controller of its own. Other tests compare the blocks of the pages with these files.
 */
const SOURCES = {
  'src/app.module.ts': `${SAMPLE}app.module.ts`,
  'src/me.controller.ts': `${SAMPLE}me.controller.ts`,
  'src/register.handler.ts': `${SAMPLE}register.handler.ts`,
  'src/auth.controller.ts': 'test/package/readme/auth.controller.ts',
  'src/main.ts': 'test/package/readme/main.ts',
  'src/readme/app.module.ts': 'test/package/readme/app.module.ts',
  'src/getting-started/app.module.ts': `${STARTED}app.module.ts`,
  'src/getting-started/me.controller.ts': `${STARTED}me.controller.ts`,
  'src/getting-started/auth.module.ts': `${STARTED}auth.module.ts`,
  'src/getting-started/start.module.ts': `${STARTED}start.module.ts`,
};

/** The files of that application, by their path in it. */
export async function readmeApp(): Promise<Record<string, string>> {
  return { ...(await read(SOURCES)), 'src/cognito.ts': COGNITO };
}

/** The tests of the README and of the first page with what they test, and of overrides from outside. */
export async function readmeSuites(): Promise<Record<string, string>> {
  return read({
    'app.module.ts': 'test/package/readme/app.module.ts',
    'me.spec.ts': 'test/package/readme/me.spec.ts',
    'getting-started/app.module.ts': `${STARTED}app.module.ts`,
    'getting-started/me.controller.ts': `${STARTED}me.controller.ts`,
    'getting-started/me.spec.ts': `${STARTED}me.spec.ts`,
    'overrides.spec.ts': 'test/package/existing-app/overrides.spec.ts',
  });
}

async function read(sources: Record<string, string>): Promise<Record<string, string>> {
  const files = Object.entries(sources).map(async ([path, source]) => [path, await sourceOf(source)] as const);
  return Object.fromEntries(await Promise.all(files));
}

/** What `goThrough` finds: the user's answer among it, of which these members are known. */
export const GONE_THROUGH = { anonymous: 401, unknownMember: 400, me: 200, username: 'ann' };

/**
 * Runs the compiled application beside an embedded Cognito and goes through it over HTTP.
 *
 * @param dist - the folder in the application's with its JavaScript.
 * @param node - the Node that runs both.
 */
export async function goThrough(app: string, dist: string, node: string): Promise<object> {
  const cognito = new StartedProgram(app, {}, node, `${dist}/cognito.js`);
  const programs = [cognito];
  try {
    await cognito.untilPrinted(/\}\n/);
    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    const environment = { ...(JSON.parse(cognito.printed) as Record<string, string>), PORT: port, ORIGIN: origin };
    const main = new StartedProgram(app, environment, node, `${dist}/main.js`);
    programs.push(main);
    await main.untilListening(port);
    const post = (body: object) =>
      fetch(`${origin}/auth/authenticate`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-mandate-csrf': '1', origin },
        body: JSON.stringify(body),
      });
    const ann = { username: 'ann', password: 'Correct-Horse-9' };
    const signedIn = await post(ann);
    const [cookie = ''] = signedIn.headers.getSetCookie();
    const me = await fetch(`${origin}/me`, { headers: { cookie: cookie.replace(/;.*/, '') } });
    return {
      anonymous: (await fetch(`${origin}/me`)).status,
      unknownMember: (await post({ ...ann, flow: 'USER_PASSWORD_AUTH' })).status,
      me: me.status,
      username: ((await me.json()) as { username?: string }).username,
    };
  } finally {
    programs.forEach((program) => {
      program.interrupt();
    });
    await Promise.all(programs.map((program) => program.untilEnded()));
  }
}
