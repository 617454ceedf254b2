import type { ApiKind } from '../scaffold-options.js';

/** What the test of the sign-in depends on. */
export interface AuthTestOptions {
  readonly api: ApiKind;
  /** The root module, as the test imports it. */
  readonly modulePath: string;
  readonly moduleName: string;
  readonly isDefaultExport: boolean;
  /** What relative imports end in. */
  readonly extension: string;
}

/** A test of the sign-in against an embedded Cognito, for Jest and for Vitest with `globals`, as `nest new` sets them up. */
export function authTest({ api, modulePath, moduleName, isDefaultExport, extension }: AuthTestOptions): string {
  const imported = isDefaultExport ? moduleName : `{ ${moduleName} }`;
  return `import { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { LocalCognito } from 'mandate/testing';
import request from 'supertest';
import { App } from 'supertest/types${extension}';
import ${imported} from '${modulePath}';

describe('Authentication (e2e)', () => {
  const ann = { username: 'ann', password: 'Correct-Horse-9' };
  let cognito: LocalCognito;
  let app: INestApplication<App>;

  beforeAll(async () => {
    // An embedded Cognito takes the place of the pool that .env names.
    cognito = await LocalCognito.start({ users: [ann] });
    const pool = cognito.pool().moduleOptions();
    Object.assign(process.env, {
      COGNITO_USER_POOL_ID: pool.userPoolId,
      COGNITO_CLIENT_ID: pool.clientId,
      COGNITO_ENDPOINT: pool.endpoint,
      COGNITO_ISSUER: pool.issuer,
${api === 'cookie' ? SESSION_ENVIRONMENT : ''}    });
    delete process.env.COGNITO_CLIENT_SECRET;

    const fixture = await Test.createTestingModule({
      imports: [${moduleName}],
    }).compile();
    app = fixture.createNestApplication();
    await app.init();
  });

  afterAll(async () => {
    await app?.close();
    await cognito?.stop();
  });

  it('/me (GET) needs a signed-in user', () => {
    return request(app.getHttpServer()).get('/me').expect(401);
  });

${signIn(api)}});
`;
}

const SESSION_ENVIRONMENT = `      ORIGIN: 'http://localhost:3000',
      SESSION_SECRET: 'only-for-this-test-0123456789abcdef',
`;

function signIn(api: ApiKind): string {
  switch (api) {
    case 'body':
    case 'controller':
      return `  it('/auth/authenticate (POST) signs in', async () => {
    const signedIn = await request(app.getHttpServer())
      .post('/auth/authenticate')
      .send(ann)
      .expect(200);
    const { tokens } = signedIn.body as { tokens: { accessToken: string } };
    await request(app.getHttpServer())
      .get('/me')
      .auth(tokens.accessToken, { type: 'bearer' })
      .expect(200, { username: 'ann' });
  });
`;
    case 'cookie':
      return `  it('/auth/authenticate (POST) signs in', async () => {
    const browser = request.agent(app.getHttpServer());
    await browser
      .post('/auth/authenticate')
      .set('origin', 'http://localhost:3000')
      .set('x-mandate-csrf', '1')
      .send(ann)
      .expect(200);
    await browser.get('/me').expect(200, { username: 'ann' });
  });
`;
    case 'none':
      return `  it('/me (GET) tells who is signed in', async () => {
    const token = await cognito.pool().signToken({ username: 'ann' });
    await request(app.getHttpServer())
      .get('/me')
      .auth(token, { type: 'bearer' })
      .expect(200, { username: 'ann' });
  });
`;
  }
}
