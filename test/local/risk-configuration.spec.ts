import type { LocalPoolOptions } from '../../lib/testing/index.js';
import { type LocalService, startLocalService } from './local-service.js';
import { call, refusal, succeed } from './wire.js';

const PASSWORD = 'Correct-Horse-9';
const BLOCK_US = { RiskExceptionConfiguration: { BlockedIPRangeList: ['127.0.0.0/8'] } };
const NOTIFY = {
  NotifyConfiguration: {
    SourceArn: 'arn:aws:ses:us-east-1:123456789012:identity/example.com',
    BlockEmail: { Subject: 'Blocked', TextBody: 'Was it you?' },
  },
  Actions: { HighAction: { Notify: true, EventAction: 'BLOCK' } },
};

describe('the risk configuration', () => {
  let service: LocalService;
  let endpoint: string;
  let UserPoolId: string;
  let ClientId: string;

  async function start(mode: 'OFF' | 'AUDIT' | 'ENFORCED' = 'ENFORCED'): Promise<void> {
    const pool: LocalPoolOptions = {
      name: 'default',
      users: [{ username: 'ann', password: PASSWORD, attributes: { email: 'ann@example.com' } }],
      ...(mode !== 'OFF' && { UserPoolTier: 'PLUS', UserPoolAddOns: { AdvancedSecurityMode: mode } }),
    };
    service = await startLocalService({ pools: [pool] });
    ({ endpoint } = service.cognito);
    UserPoolId = service.cognito.pool().id;
    ClientId = service.cognito.pool().client().id;
  }

  afterEach(() => service.stop());

  const set = (input: object) => call(endpoint, 'SetRiskConfiguration', { UserPoolId, ...input });
  const describeRisk = async (input: object = {}) =>
    (await succeed(endpoint, 'DescribeRiskConfiguration', { UserPoolId, ...input }))['RiskConfiguration'];
  const signIn = () =>
    call(endpoint, 'InitiateAuth', {
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId,
      AuthParameters: { USERNAME: 'ann', PASSWORD },
    });

  it('is kept for the pool and for an app client, and removed by an empty one', async () => {
    await start('OFF');
    await expect(describeRisk()).resolves.toEqual({ UserPoolId });
    const credentials = { CompromisedCredentialsRiskConfiguration: { Actions: { EventAction: 'BLOCK' } } };
    await expect(set(credentials)).resolves.toMatchObject({ body: { RiskConfiguration: credentials } });
    await set({ ClientId, ...BLOCK_US });
    const LastModifiedDate = expect.any(Number) as number;
    await expect(describeRisk()).resolves.toEqual({ UserPoolId, ...credentials, LastModifiedDate });
    await expect(describeRisk({ ClientId })).resolves.toEqual({ UserPoolId, ClientId, ...BLOCK_US, LastModifiedDate });
    await set({ ClientId });
    await expect(describeRisk({ ClientId })).resolves.toEqual({ UserPoolId, ClientId });
  });

  it('blocks an address in a pool that enforces it, also for an unknown user', async () => {
    await start();
    await set(BLOCK_US);
    const refused = refusal('NotAuthorizedException', 'Unable to login because of security reasons.');
    await expect(signIn()).resolves.toMatchObject(refused);
    const unknown = { USERNAME: 'nobody', PASSWORD };
    await expect(
      call(endpoint, 'InitiateAuth', { AuthFlow: 'USER_PASSWORD_AUTH', ClientId, AuthParameters: unknown }),
    ).resolves.toMatchObject(refused);
    const { AuthEvents } = await succeed(endpoint, 'AdminListUserAuthEvents', { UserPoolId, Username: 'ann' });
    expect(AuthEvents).toMatchObject([
      { EventResponse: 'Fail', EventRisk: { RiskDecision: 'Block', RiskLevel: 'High' } },
    ]);
    expect(service.cognito.outbox.all()).toEqual([]);
  });

  it.each([
    ['audits', 'AUDIT', BLOCK_US],
    [
      'skips the address',
      'ENFORCED',
      { RiskExceptionConfiguration: { ...BLOCK_US.RiskExceptionConfiguration, SkippedIPRangeList: ['127.0.0.1/32'] } },
    ],
    [
      'blocks another address',
      'ENFORCED',
      { RiskExceptionConfiguration: { BlockedIPRangeList: ['192.0.2.0/24', '2001:db8::/32'] } },
    ],
  ] as const)('blocks nobody in a pool that %s', async (_case, mode, configuration) => {
    await start(mode);
    await set(configuration);
    await expect(signIn()).resolves.toMatchObject({ status: 200 });
  });

  it('of an app client goes before that of the pool', async () => {
    await start();
    await set(BLOCK_US);
    await set({ ClientId, RiskExceptionConfiguration: { BlockedIPRangeList: ['192.0.2.0/24'] } });
    await expect(signIn()).resolves.toMatchObject({ status: 200 });
  });

  it('tells a blocked user, who can answer with the token of the message', async () => {
    await start();
    await set({ ...BLOCK_US, AccountTakeoverRiskConfiguration: NOTIFY });
    await signIn();
    const message = service.cognito.outbox.latest({ to: 'ann@example.com' });
    expect(message).toMatchObject({ kind: 'AccountTakeOverNotification', subject: 'Blocked', text: 'Was it you?' });
    const named = { UserPoolId, Username: 'ann' };
    const list = async () =>
      (await succeed(endpoint, 'AdminListUserAuthEvents', named))['AuthEvents'] as { EventId: string }[];
    const EventId = (await list())[0]?.EventId;
    const feedback = { ...named, EventId, FeedbackToken: message?.code, FeedbackValue: 'Valid' };
    await succeed(endpoint, 'UpdateAuthEventFeedback', feedback);
    await expect(list()).resolves.toMatchObject([{ EventFeedback: { FeedbackValue: 'Valid', Provider: 'User' } }]);
  });

  it.each([
    [
      'a range that is none',
      { RiskExceptionConfiguration: { BlockedIPRangeList: ['10.0.0.1'] } },
      'InvalidParameterException',
    ],
    [
      'a prefix that is too long',
      { RiskExceptionConfiguration: { SkippedIPRangeList: ['10.0.0.1/33'] } },
      'InvalidParameterException',
    ],
    [
      'a notification without a sender',
      { AccountTakeoverRiskConfiguration: { Actions: NOTIFY.Actions } },
      'InvalidParameterException',
    ],
    ['an unknown client', { ClientId: 'nobody' }, 'ResourceNotFoundException'],
    ['an unknown pool', { UserPoolId: 'us-east-1_nowhere' }, 'ResourceNotFoundException'],
  ])('refuses %s', async (_case, input, exception) => {
    await start();
    await expect(set(input)).resolves.toMatchObject(refusal(exception));
  });
});
