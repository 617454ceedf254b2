import { join } from 'node:path';

import { LocalCognito } from '../../lib/local/local-cognito.js';
import { findProgram, runProgram } from './peers/program.js';

const PYTHON = findProgram(['/usr/bin/python3', 'python3'], '-c', 'import boto3');
const STEPS = join(__dirname, 'peers', 'boto3_steps.py');
const REGION = 'eu-west-1';

interface Outcome {
  readonly pool: string;
  readonly users: readonly (readonly string[])[];
  readonly pools: readonly (readonly string[])[];
  readonly accessToken: string;
  readonly [step: string]: unknown;
}

if (PYTHON === undefined) {
  it.skip('boto3 is not tested: there is no python3 with boto3 here ("apt-get install python3-boto3")', () =>
    undefined);
} else {
  describe('boto3, the AWS SDK for Python', () => {
    let cognito: LocalCognito;
    let outcome: Outcome;

    beforeAll(async () => {
      cognito = await LocalCognito.start({
        region: REGION,
        issuer: 'aws',
        pools: ['first', 'second', 'third'].map((name) => ({ name })),
      });
      const users = ['bob', 'carol', 'dave', 'eve'];
      const { output, errors } = await runProgram(PYTHON, [STEPS, cognito.endpoint, REGION], JSON.stringify({ users }));
      if (output === '') {
        throw new Error(errors);
      }
      outcome = JSON.parse(output) as Outcome;
    }, 120_000);

    afterAll(() => cognito.stop());

    it('creates a pool, signs a user up and in, and reads dates', () => {
      expect(outcome).toMatchObject({
        pool: expect.stringMatching(/^eu-west-1_/),
        arn: expect.stringMatching(/^arn:aws:cognito-idp:eu-west-1:\d{12}:userpool\/eu-west-1_/),
        createdAt: expect.closeTo(Date.now() / 1000, -3),
        delivery: { Destination: 'a***@e***', DeliveryMedium: 'EMAIL', AttributeName: 'email' },
        username: 'ann',
      });
      const payload = Buffer.from(outcome.accessToken.split('.')[1] ?? '', 'base64url').toString();
      expect(JSON.parse(payload)).toMatchObject({ iss: `https://cognito-idp.eu-west-1.amazonaws.com/${outcome.pool}` });
    });

    it('reads lists page by page', () => {
      expect(outcome.users.flat().sort()).toEqual(['ann', 'bob', 'carol', 'dave', 'eve']);
      expect(outcome.users.every((page) => page.length <= 2)).toBe(true);
      expect(outcome.pools.flat().sort()).toEqual(['first', 'python', 'second', 'third']);
    });

    it('raises the exceptions of its model', () => {
      expect(outcome).toMatchObject({
        taken: ['UsernameExistsException', 'UsernameExistsException', 'User already exists', 400],
        noPool: [
          'ResourceNotFoundException',
          'ResourceNotFoundException',
          'User pool eu-west-1_NoPool000 does not exist.',
          400,
        ],
      });
    });
  });
}
