import { Controller, Get, type INestApplication, Param } from '@nestjs/common';
import request from 'supertest';

import {
  CognitoServiceError,
  CognitoUnavailableError,
  MandateArgumentError,
  MandateConfigurationError,
  MandateError,
  TokenRejectedError,
} from '../../lib/index.js';
import { PLATFORMS, startApp } from './support/http-apps.js';

const refusal = (exception: string, text: string): MandateError =>
  new CognitoServiceError({ operation: 'InitiateAuth', exception, text });

/** What services throw. */
const ERRORS: Readonly<Record<string, MandateError>> = {
  password: refusal('NotAuthorizedException', 'Incorrect username or password.'),
  throttled: refusal('TooManyRequestsException', 'Rate exceeded'),
  unknown: refusal('UserNotFoundException', 'User does not exist.'),
  outage: new CognitoUnavailableError('InitiateAuth', 'Cognito is unreachable.'),
  argument: new MandateArgumentError('username', 'must be a non-empty string'),
  token: new TokenRejectedError('TOKEN_EXPIRED'),
  feature: new MandateError('CHALLENGE_UNSUPPORTED', 'The challenge is not supported.'),
};

/** What is wrong with the service itself: its message is for the log. */
const FAULTS: Readonly<Record<string, MandateError>> = {
  option: new MandateConfigurationError('clientSecret', 'must be a non-empty string'),
  peer: new MandateError('PEER_MISSING', 'Install @simplewebauthn/server.'),
  secret: refusal('NotAuthorizedException', 'Unable to verify secret hash for client 1h57kf5cpq17m0eml12EXAMPLE'),
};

@Controller()
class ThrowingController {
  @Get(':name')
  fail(@Param('name') name: string) {
    throw { ...ERRORS, ...FAULTS }[name] ?? new Error(name);
  }
}

describe.each(PLATFORMS)('errors of services without the filter on %s', (platform) => {
  let app: INestApplication;

  beforeAll(async () => {
    app = await startApp(platform, { controllers: [ThrowingController] });
  });
  afterAll(() => app.close());

  it.each(Object.keys(ERRORS))('are answered with status and message (%s)', async (name) => {
    const { status, body } = await request(app.getHttpServer()).get(`/${name}`);
    const error = ERRORS[name];
    expect(error?.status).not.toBe(500);
    expect([status, body]).toEqual([error?.status, { statusCode: error?.status, message: error?.message }]);
  });

  it.each(Object.keys(FAULTS))('do not tell callers what is wrong with the service (%s)', async (name) => {
    expect(FAULTS[name]?.status).toBe(500);
    const { status, body } = await request(app.getHttpServer()).get(`/${name}`);
    expect([status, body]).toEqual([500, { statusCode: 500, message: 'Internal server error' }]);
  });
});
