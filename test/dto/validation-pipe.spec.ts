import { ValidationPipe, type INestApplication } from '@nestjs/common';
import * as dto from 'mandate/dto';
import request from 'supertest';

import { BODIES, MISSING, type BodyCase } from './bodies.js';
import { startBodiesApp } from './bodies-app.js';
import { CHALLENGE_BODIES, INVALID_CHALLENGE } from './challenge-bodies.js';

const CASES = [...BODIES, ...CHALLENGE_BODIES, INVALID_CHALLENGE];
const TYPES = [...new Set(CASES.map(({ type }) => type))];

let app: INestApplication;

beforeAll(async () => {
  app = await startBodiesApp(TYPES);
});

afterAll(() => app.close());

function post(type: { readonly name: string }, body: object) {
  return request(app.getHttpServer()).post(`/${type.name}`).send(body);
}

/** The body with the field at a path changed or left out. */
function withFault(body: BodyCase['right'], path: string, sent: unknown): Record<string, unknown> {
  const [first = '', ...rest] = path.split('.');
  const { [first]: old, ...others } = body;
  const value = rest.length > 0 ? withFault(old as BodyCase['right'], rest.join('.'), sent) : sent;
  return value === MISSING ? others : { ...others, [first]: value };
}

const show = (sent: unknown) => (sent === MISSING ? 'left out' : JSON.stringify(sent).slice(0, 60));

const valid = CASES.map(({ type, right: body }) => [type.name, show(body), type, body] as const);
const faults = CASES.flatMap(({ type, right: body, faults: list }) =>
  list.map(
    ([field, sent, named = field]) => [type.name, field, show(sent), { type, body, field, sent, named }] as const,
  ),
);

describe('a valid body', () => {
  it.each(valid)('of %s passes as an instance with nothing lost or added: %s', async (name, _, type, body) => {
    const { status, body: answer } = await post(type, body);
    expect(answer).toEqual({ handled: name, fields: expect.anything(), body });
    expect(status).toBe(201);
  });

  it('may leave out what is optional, and the instance then lacks it', async () => {
    const { body } = await post(dto.ConfirmSignUpDto, { username: 'ada', code: '123456' });
    expect(new Set(body.fields)).toEqual(new Set(['username', 'code']));
  });

  it('may leave out the parameters of a challenge', async () => {
    const challenge = { name: 'EMAIL_OTP', username: 'ada', session: 'x'.repeat(20) };
    const { body } = await post(dto.RespondToChallengeDto, { challenge, answer: { code: '12345678' } });
    expect(body.body.challenge).toEqual({ ...challenge, parameters: {} });
  });

  it.each([
    ['true', true],
    ['false', false],
  ])('has a flag as the text of a query: %s', async (text, flag) => {
    const { body } = await post(dto.RevokeSessionQueryDto, { revokeLinked: text });
    expect(body.body).toEqual({ revokeLinked: flag });
  });

  it.each([
    [dto.CustomAuthenticateDto, 'CUSTOM_AUTH'],
    [dto.ChoiceAuthenticateDto, 'USER_AUTH'],
  ])('of a sign-in gets its flow: %p', async (type, flow) => {
    const { body } = await post(type, { username: 'ada' });
    expect(body.body).toEqual({ username: 'ada', flow });
  });
});

describe('an invalid body', () => {
  it.each(faults)('of %s: %s %s', async (_, __, ___, { type, body, field, sent, named }) => {
    const { status, body: answer } = await post(type, withFault(body, field, sent));
    expect(answer).toEqual({ statusCode: 400, error: 'Bad Request', message: [expect.any(String)] });
    expect(status).toBe(400);
    const [message] = answer.message as [string];
    expect(message).toMatch(new RegExp(`^${named.replaceAll('.', '\\.')}(:.*)? must be `));
    if (typeof sent === 'string' && sent.length > 4) {
      expect(message.replace(/ must be one of .*/, '')).not.toContain(sent);
    }
  });

  it.each(TYPES.map((type) => [type.name, type] as const))('of %s: an unknown field', async (_, type) => {
    const found = CASES.find((bodyCase) => bodyCase.type === type);
    const { status, body } = await post(type, { ...found?.right, isAdmin: true });
    expect([status, body.message]).toEqual([400, ['property isAdmin should not exist']]);
  });

  it.each([
    ['a device', dto.AuthenticateDto, 'device'],
    ['a challenge', dto.RespondToChallengeDto, 'challenge'],
    ['an answer', dto.RespondToChallengeDto, 'answer'],
    ['a credential', dto.CompletePasskeyDto, 'credential.response'],
  ])('with an unknown field inside %s', async (_, type, path) => {
    const found = CASES.find((bodyCase) => bodyCase.type === type && bodyCase.right[path.split('.')[0] ?? '']);
    const { status, body } = await post(type, withFault(found?.right ?? {}, `${path}.isAdmin`, true));
    expect([status, body.message]).toEqual([400, [`${path}.property isAdmin should not exist`]]);
  });

  it.each([['[]'], ['null'], ['"ada"'], ['{']])('that is not an object: %s', async (text) => {
    const { status } = await request(app.getHttpServer())
      .post('/AuthenticateDto')
      .set('Content-Type', 'application/json')
      .send(text);
    expect(status).toBe(400);
  });

  it('that has a list of challenges', async () => {
    const { right: whole } = INVALID_CHALLENGE;
    const { status, body } = await post(dto.RespondToChallengeDto, { ...whole, challenge: [whole['challenge']] });
    expect([status, body.message]).toEqual([400, expect.arrayContaining(['challenge must be an object'])]);
  });

  it.each(['USER_SRP_AUTH', 'USER_PASSWORD_AUTH'])('without the password that %s needs', async (flow) => {
    const { status, body } = await post(dto.FlowSignInDto, { username: 'ada', flow });
    expect([status, body.message]).toEqual([400, ['password must be a string of 1 to 256 characters']]);
  });

  it('names every invalid field in one response', async () => {
    const { body } = await post(dto.ConfirmForgotPasswordDto, {});
    expect(body.message).toEqual([
      'username must be a string of 1 to 128 characters without spaces',
      'code must be a string of 1 to 2048 characters without spaces',
      'password must be a string of 6 to 256 characters that does not begin or end with a space',
    ]);
  });

  it('never changes a prototype', async () => {
    const { status } = await request(app.getHttpServer())
      .post('/AuthenticateDto')
      .set('Content-Type', 'application/json')
      .send('{"username":"ada","password":"x","__proto__":{"isAdmin":true}}');
    expect([status, Object.hasOwn(Object.prototype, 'isAdmin')]).toEqual([status, false]);
  });
});

describe('other settings of the pipe', () => {
  const [body] = CHALLENGE_BODIES.filter(({ right: { answer } }) => 'password' in (answer as object));

  it.each([
    ['implicit conversion', { transform: true, transformOptions: { enableImplicitConversion: true } }],
    ['no transformation', { whitelist: true }],
    ['nothing', {}],
  ])('work too: %s', async (_, options) => {
    const other = await startBodiesApp(TYPES, new ValidationPipe(options));
    const { status, body: answer } = await request(other.getHttpServer())
      .post('/RespondToChallengeDto')
      .send(body?.right ?? {});
    expect([status, answer.body]).toEqual([201, body?.right]);
    await other.close();
  });
});
