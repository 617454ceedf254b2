import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { CognitoService, MandateModule } from 'mandate';
import { MandateAuthApiModule } from 'mandate/http';
import { LocalCognito } from 'mandate/testing';
import request from 'supertest';

import { signingKeysPem } from '../local/signing-keys.js';

const ann = { username: 'ann', password: 'Correct-Horse-9' };

/** The code of docs/how-to/threat-protection.md. */
describe('docs/how-to/threat-protection.md', () => {
  let local: LocalCognito;
  let app: INestApplication;
  let recorder: Server;
  /** What Cognito was told of the user, by operation. */
  let told: [string | undefined, unknown][] = [];

  beforeAll(async () => {
    local = await LocalCognito.start({ pools: [{ name: 'users', keys: signingKeysPem(), users: [ann] }] });
    recorder = createServer((incoming, outgoing) => void forward(incoming, outgoing));
    await new Promise<void>((resolve) => recorder.listen(0, '127.0.0.1', resolve));
    const options = {
      ...local.pool('users').moduleOptions(),
      endpoint: `http://127.0.0.1:${String((recorder.address() as AddressInfo).port)}`,
    };
    const module = await Test.createTestingModule({
      imports: [
        MandateModule.forRoot(options),
        // #region module
        MandateAuthApiModule.forRoot({
          delivery: 'body',
          context: ({ request }) => {
            const { ip, headers } = request as { ip: string; headers: Record<string, string | undefined> };
            return { userContextData: { ipAddress: ip, encodedData: headers['x-device-data'] } };
          },
        }),
        // #endregion
      ],
    }).compile();
    app = module.createNestApplication();
    (app.getHttpAdapter().getInstance() as { set(name: string, value: unknown): void }).set('trust proxy', 1);
    await app.init();
  });

  beforeEach(() => {
    told = [];
  });

  afterAll(async () => {
    await app.close();
    await local.stop();
    await new Promise((resolve) => recorder.close(resolve));
  });

  /** Stands between the application and Cognito. */
  async function forward(incoming: IncomingMessage, outgoing: ServerResponse) {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const body = Buffer.concat(parts).toString();
    const target = String(incoming.headers['x-amz-target']);
    told.push([target.split('.')[1], (JSON.parse(body) as { UserContextData?: object }).UserContextData]);
    const headers = { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' };
    const answer = await fetch(local.endpoint, { method: 'POST', headers, body });
    outgoing.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.1' }).end(await answer.text());
  }

  it('tells Cognito the address of the user in every step, by the auth API', async () => {
    await request(app.getHttpServer())
      .post('/auth/authenticate')
      .set({ 'x-forwarded-for': '192.0.2.1', 'x-device-data': 'fingerprint' })
      .send(ann)
      .expect(200);
    const user = { IpAddress: '192.0.2.1', EncodedData: 'fingerprint' };
    expect(told).toEqual([
      ['InitiateAuth', user],
      ['RespondToAuthChallenge', user],
    ]);
  });

  it('tells it by the service', async () => {
    const cognito = app.get(CognitoService);
    const { username, password } = ann;
    // #region service
    const outcome = await cognito.authenticate({
      username,
      password,
      userContextData: { ipAddress: '192.0.2.1' }, // request.ip
    });
    // #endregion
    expect(outcome.status).toBe('AUTHENTICATED');
    expect(told).toContainEqual(['InitiateAuth', { IpAddress: '192.0.2.1' }]);
  });
});
