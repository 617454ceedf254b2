import { isRegion, regionOfPool } from '../../lib/protocol/region.js';

describe('isRegion', () => {
  it.each(['eu-west-1', 'us-gov-west-1', 'cn-north-1', 'eusc-de-east-1', 'ap-southeast-12'])('accepts %s', (name) => {
    expect(isRegion(name)).toBe(true);
  });

  it.each([
    '',
    'local',
    'eu-west',
    '1',
    'EU-WEST-1',
    'eu-west-1 ',
    'eu-west-1.evil.example',
    'eu_west_1',
    'eu-west-1\n',
  ])('rejects %j', (name) => {
    expect(isRegion(name)).toBe(false);
  });
});

describe('regionOfPool', () => {
  it.each([
    ['eu-west-1_AbCdEfGhI', 'eu-west-1'],
    ['local_2q8KUXaq', 'local'],
    ['a_b_c', 'a'],
    ['none', ''],
    ['', ''],
  ])('of %j is %j', (userPoolId, region) => {
    expect(regionOfPool(userPoolId)).toBe(region);
  });
});
