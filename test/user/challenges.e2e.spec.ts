import type { AnswerOf, Challenge, ChallengeName } from '../../lib/protocol/challenge.js';
import type { LocalPoolOptions } from '../../lib/testing/index.js';
import { FakeService, json } from '../client/fake-service.js';
import { type Application, startApplication } from './application.js';
import { CHALLENGE_CASES, type ChallengeCase } from './challenge-cases.js';
import { CLIENT_ID, POOL_ID, SECRET, TOKENS } from './service-under-test.js';
import { challengeOf, CLIENT_KINDS, KIND_OPTIONS, POOL_KINDS, tokensOf, World } from './world.js';

type AnyCase = [ChallengeName, Omit<ChallengeCase<ChallengeName>, 'pose'> & { pose: ChallengeCase<never>['pose'] }];

const CASES = Object.entries(CHALLENGE_CASES) as AnyCase[];
const POOLS = [...new Set(CASES.map(([, { pool }]) => pool))];
const CLIENTS = POOL_KINDS.flatMap((poolKind) => CLIENT_KINDS.map((kind) => ({ poolKind, kind })));

/** Sends a challenge to a browser and back. */
function throughJson<C extends Challenge>(challenge: C): C {
  return JSON.parse(JSON.stringify(challenge)) as C;
}

describe.each(CLIENTS)('in a pool of $poolKind, posed to a $kind client and answered by another instance', (scene) => {
  const { poolKind, kind } = scene;
  let world: World;
  const started: Application[] = [];

  beforeAll(async () => {
    const ofKind = (pool: LocalPoolOptions) => ({
      ...pool,
      ...KIND_OPTIONS[poolKind],
      name: `${pool.name}-${poolKind}`,
    });
    world = await World.start(POOLS.map(ofKind));
  });

  afterAll(() => world.stop());

  afterEach(async () => {
    await Promise.all(started.splice(0).map((application) => application.close()));
  });

  const instance = async (pool: string): Promise<Application> => {
    const application = await startApplication(world.cognito.pool(pool).moduleOptions({ client: kind }), world.clock);
    started.push(application);
    return application;
  };

  it.each(CASES)('%s', async (name, { pool: { name: poolName }, pose, parameters, next }) => {
    const pool = `${poolName}-${poolKind}`;
    const [one, other] = [await instance(pool), await instance(pool)];
    const person = world.resident(pool, ({ phone }) => ({ phone_number: phone, family_name: 'Doe' }));

    const { challenge, answer } = (await pose({ world, pool, kind, application: one, person })) as {
      challenge: Challenge;
      answer: AnswerOf<Challenge>;
    };
    expect(challenge).toMatchObject({ name, username: expect.any(String) as string, parameters });
    expect(throughJson(challenge)).toEqual(challenge);

    const outcome = await other.cognito.respondToChallenge(throughJson(challenge), answer);
    if (next === undefined) {
      await expect(other.cognito.verifyToken(tokensOf(outcome).accessToken)).resolves.toBeDefined();
    } else {
      expect(challengeOf(outcome, next).parameters).toBeDefined();
    }

    await expect(one.cognito.respondToChallenge(throughJson(challenge), answer)).rejects.toMatchObject({
      code: expect.stringMatching(/^(SESSION_USED|CREDENTIALS_INVALID)$/) as string,
      status: 401,
    });
  });
});

describe.each([
  ['public', {}],
  ['secret', { clientSecret: SECRET }],
])('the challenge that Cognito no longer poses, by a %s client', (kind, secret) => {
  let fake: FakeService;
  let applications: Application[];

  beforeEach(async () => {
    fake = await FakeService.start();
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const options = { userPoolId: POOL_ID, clientId: CLIENT_ID, endpoint: fake.endpoint, credentials, ...secret };
    applications = await Promise.all([startApplication(options), startApplication(options)]);
  });

  afterEach(async () => {
    await Promise.all(applications.map((application) => application.close()));
    await fake.stop();
  });

  it.each([
    ['CognitoService', 'InitiateAuth', 'RespondToAuthChallenge', 'cognito'],
    ['CognitoAdminService', 'AdminInitiateAuth', 'AdminRespondToAuthChallenge', 'admin'],
  ] as const)('ADMIN_NO_SRP_AUTH through %s', async (_, initiate, respond, service) => {
    const parameters = { USER_ID_FOR_SRP: 'ann' };
    fake.on(initiate, json({ ChallengeName: 'ADMIN_NO_SRP_AUTH', Session: 's1', ChallengeParameters: parameters }));
    fake.on(respond, json(TOKENS));
    const [one, other] = applications.map((application) => application[service]);

    const outcome = await one?.authenticate({ flow: 'USER_AUTH', username: 'ann@example.com' });
    const challenge = throughJson(challengeOf(outcome ?? fail(), 'ADMIN_NO_SRP_AUTH'));
    tokensOf((await other?.respondToChallenge(challenge, { password: 'pw' })) ?? fail());

    expect(fake.sent(respond)[0]).toMatchObject({
      Session: 's1',
      ChallengeResponses: {
        USERNAME: 'ann',
        PASSWORD: 'pw',
        ...(kind === 'secret' && { SECRET_HASH: expect.any(String) as string }),
      },
    });
  });
});

function fail(): never {
  throw new Error('Expected two applications.');
}
