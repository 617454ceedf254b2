import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

import { sampleOf, type Schemas } from '../../dto/documents.js';
import { ApiApp } from './support/api-app.js';
import type { ApiClient } from './support/api-client.js';
import { operationsOf, type Operation } from './support/api-document.js';
import { schemaFaults } from './support/schema-faults.js';

/** What "Try it out" of Swagger UI has to answer on a fresh pool, one after the other: the examples fit together. */
const WORKING = {
  register: 201,
  resendCode: 202,
  authenticate: 200,
  session: 200,
  forgotPassword: 202,
  me: 200,
  updateMe: 200,
  sendVerification: 202,
  mfa: 200,
  associateTotp: 200,
  devices: 200,
  sessions: 200,
  changePassword: 204,
  deleteMe: 204,
  logout: 204,
};
/** These end what the others need. */
const LAST = ['changePassword', 'deleteMe', 'logout'];

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
interface Call {
  readonly method: Method;
  readonly path: string;
  readonly operation: Operation;
}

describe.each(
  (['body', 'cookie'] as const).flatMap((delivery) => [false, true].map((problems) => ({ delivery, problems }))),
)('the examples of the document, tokens by $delivery, problem details: $problems', ({ delivery, problems }) => {
  let api: ApiApp;
  let client: ApiClient;
  let schemas: Schemas;
  let calls: readonly Call[];

  beforeAll(async () => {
    api = await ApiApp.start({
      delivery: delivery,
      pool: { mfa: { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } } },
      api: { problemDetails: problems, showDelivery: problems },
    });
    client = api.client();
    const document = SwaggerModule.createDocument(api.app, new DocumentBuilder().build());
    schemas = document.components?.schemas as unknown as Schemas;
    const found = Object.entries(operationsOf(document)).flatMap(([key, operation]) => {
      const [method = '', path = ''] = key.split(' ');
      return path.startsWith('/auth/') ? [{ method: method.toLowerCase() as Method, path, operation }] : [];
    });
    calls = [...found].sort((one, other) => rankOf(one) - rankOf(other));
  });

  afterAll(async () => {
    await api.stop();
  });

  it('are accepted, and answered as documented', async () => {
    const statuses: Record<string, number> = {};
    const faults: string[] = [];
    for (const call of calls) {
      const { operationId, responses } = call.operation;
      const { status, body, headers } = await send(call);
      statuses[operationId] = status;
      const type = String(headers['content-type']).split(';')[0] ?? '';
      const schema = responses[status]?.content?.[type]?.schema;
      const isDocumented = status === 204 ? responses[204] !== undefined : schema !== undefined;
      const wrong = isDocumented
        ? schemaFaults(body, schema ?? {}, schemas)
        : [`${String(status)} ${type} is not documented`];
      faults.push(...wrong.map((fault) => `${operationId}: ${fault} ${JSON.stringify(body)}`));
      if (['REQUEST_INVALID', 'CONTENT_TYPE_UNSUPPORTED', 'CSRF_CHECK_FAILED'].includes(codeOf(body) ?? '')) {
        faults.push(`${operationId}: its example is refused: ${JSON.stringify(body)}`);
      }
      if (operationId === 'confirm') {
        await client.call('post', 'confirm', { username: 'ada', code: api.code('ada@example.com') });
      }
    }
    expect(faults).toEqual([]);
    const working = Object.entries(WORKING).filter(([id]) => id in statuses);
    expect(statuses).toMatchObject(Object.fromEntries(working));
    expect(Object.keys(statuses)).toHaveLength(calls.length);
  });

  async function send({ method, path, operation: { requestBody, parameters } }: Call) {
    const filled = parameters
      .filter((parameter) => parameter.in === 'path')
      .reduce((url, { name, schema }) => url.replace(`{${name}}`, encodeURIComponent(String(schema.example))), path);
    const schema = requestBody?.content['application/json']?.schema;
    return client.send(method, filled, schema && (sampleOf(schema, schemas) as object));
  }
});

function rankOf({ operation: { operationId } }: Call): number {
  // The code is sent again before it is used.
  return operationId === 'confirm'
    ? 1
    : operationId === 'register' || operationId === 'resendCode'
      ? 0
      : LAST.indexOf(operationId) + 2;
}

function codeOf(body: unknown): string | undefined {
  return (body as { readonly code?: string } | null)?.code;
}
