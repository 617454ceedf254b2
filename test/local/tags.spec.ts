import { type LocalService, startLocalService } from './local-service.js';
import { call, refusal, succeed } from './wire.js';

describe('tags of user pools', () => {
  let service: LocalService;
  let endpoint: string;
  let UserPoolId: string;
  let ResourceArn: string;

  beforeEach(async () => {
    service = await startLocalService({ pools: [] });
    ({ endpoint } = service.cognito);
    const { UserPool } = await succeed(endpoint, 'CreateUserPool', { PoolName: 'p', UserPoolTags: { team: 'blue' } });
    ({ Id: UserPoolId, Arn: ResourceArn } = UserPool as { Id: string; Arn: string });
  });

  afterEach(() => service.stop());

  const tags = async () => (await succeed(endpoint, 'ListTagsForResource', { ResourceArn }))['Tags'];

  it('are those of CreateUserPool, TagResource and UntagResource', async () => {
    await expect(tags()).resolves.toEqual({ team: 'blue' });
    await succeed(endpoint, 'TagResource', { ResourceArn, Tags: { team: 'red', stage: '' } });
    await expect(tags()).resolves.toEqual({ team: 'red', stage: '' });
    await succeed(endpoint, 'UntagResource', { ResourceArn, TagKeys: ['team', 'unknown'] });
    await expect(tags()).resolves.toEqual({ stage: '' });
    const described = await succeed(endpoint, 'DescribeUserPool', { UserPoolId });
    expect(described).toMatchObject({ UserPool: { UserPoolTags: { stage: '' } } });
  });

  it('are replaced by UpdateUserPool', async () => {
    await succeed(endpoint, 'UpdateUserPool', { UserPoolId, UserPoolTags: { owner: 'ann' } });
    await expect(tags()).resolves.toEqual({ owner: 'ann' });
  });

  const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`key-${index}`, '']));

  it.each([
    ['a reserved key', { 'aws:team': 'x' }],
    ['more than fifty in all', many],
    ['a character that AWS does not allow', { team: 'a*b' }],
  ])('refuse %s', async (_case, Tags) => {
    await expect(call(endpoint, 'TagResource', { ResourceArn, Tags })).resolves.toMatchObject(
      refusal('InvalidParameterException'),
    );
    await expect(tags()).resolves.toEqual({ team: 'blue' });
  });

  it('refuse them in CreateUserPool and UpdateUserPool with an exception of their own', async () => {
    const UserPoolTags = { 'aws:team': 'x' };
    const refused = refusal('UserPoolTaggingException');
    await expect(call(endpoint, 'CreateUserPool', { PoolName: 'q', UserPoolTags })).resolves.toMatchObject(refused);
    await expect(call(endpoint, 'UpdateUserPool', { UserPoolId, UserPoolTags })).resolves.toMatchObject(refused);
  });

  it.each([
    ['another kind of resource', 'arn:aws:s3:::a-bucket/with-a-name', 'InvalidParameterException'],
    [
      'an unknown pool',
      'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_nowhere',
      'ResourceNotFoundException',
    ],
  ])('refuse the ARN of %s', async (_case, arn, exception) => {
    for (const [operation, input] of [
      ['ListTagsForResource', {}],
      ['TagResource', { Tags: { a: 'b' } }],
      ['UntagResource', { TagKeys: ['a'] }],
    ] as const) {
      await expect(call(endpoint, operation, { ...input, ResourceArn: arn })).resolves.toMatchObject({
        body: { __type: exception },
      });
    }
  });

  it('refuse the ARN of a pool in another account or region', async () => {
    for (const arn of [
      ResourceArn.replace('123456789012', '210987654321'),
      ResourceArn.replace(':us-east-1:', ':eu-west-1:'),
    ]) {
      await expect(call(endpoint, 'ListTagsForResource', { ResourceArn: arn })).resolves.toMatchObject(
        refusal('ResourceNotFoundException'),
      );
    }
  });
});
