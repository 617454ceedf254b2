import { Module } from '@nestjs/common';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';

import { MandateArgumentError, MandateModule, UserPools } from '../../lib/index.js';
import { type CognitoOverrides, LocalCognito, overrideCognito, TestTokenIssuer } from '../../lib/testing/index.js';
import { signingKeysPem } from '../local/signing-keys.js';

const HARD_CODED = { userPoolId: 'eu-west-1_Production', clientId: 'productionclient' };

@Module({
  imports: [
    MandateModule.forRoot(HARD_CODED),
    MandateModule.forRoot({ ...HARD_CODED, userPoolId: 'eu-west-1_Staff', name: 'staff' }),
  ],
})
class AppModule {}

describe('misuse of overrideCognito', () => {
  let cognito: LocalCognito;
  let issuer: TestTokenIssuer;

  beforeAll(async () => {
    issuer = await TestTokenIssuer.create({ keys: signingKeysPem() });
    cognito = await LocalCognito.start({ pools: [{ name: 'main', keys: signingKeysPem() }, { name: 'staff' }] });
  });

  afterAll(() => cognito.stop());

  const builderOf = (root: unknown = AppModule): TestingModuleBuilder =>
    Test.createTestingModule({ imports: [root as never] });
  const override = (overrides: () => object, builder: unknown = builderOf()) =>
    overrideCognito(builder as TestingModuleBuilder, overrides() as CognitoOverrides);

  it.each<[string, () => object, string]>([
    ['nothing', () => ({}), '"overrides" must have one of the members user, cognito, issuer and pools.'],
    ['no pools', () => ({ pools: {} }), '"overrides" must have one of the members user, cognito, issuer and pools.'],
    [
      'a member that is spelled wrong',
      () => ({ users: [] }),
      '"users" is unknown. Known members: user, cognito, issuer, pools.',
    ],
    [
      'a Cognito before it has started',
      () => ({ cognito: undefined }),
      '"cognito" must be an embedded Cognito that runs: await LocalCognito.start() first.',
    ],
    [
      'a Cognito that nobody awaited',
      () => ({ cognito: Promise.resolve(cognito), user: undefined }),
      '"cognito" must be an embedded Cognito that runs: await LocalCognito.start() first.',
    ],
    [
      'a pool in place of the Cognito',
      () => ({ cognito: cognito.pool() }),
      '"cognito" must be an embedded Cognito that runs: await LocalCognito.start() first.',
    ],
    [
      'an issuer that nobody awaited',
      () => ({ issuer: Promise.resolve(issuer) }),
      '"issuer" must be an issuer: await TestTokenIssuer.create() first.',
    ],
    [
      'two answers',
      () => ({ cognito, issuer }),
      '"issuer" contradicts "cognito". Name single registrations in "pools".',
    ],
    [
      'a pool by its name',
      () => ({ pools: { staff: 'main' } }),
      '"pools.staff" must be a pool of an embedded Cognito, or a TestTokenIssuer.',
    ],
    [
      'a user by the name alone',
      () => ({ user: 'ann' }),
      `"user" must be a caller, such as { username: 'ann' }, or a function that returns it.`,
    ],
  ])('refuses %s', (_case, overrides, message) => {
    expect(() => override(overrides)).toThrow(new Error(message));
    expect(() => override(overrides)).toThrow(MandateArgumentError);
  });

  it('refuses an application that is compiled, and its builder', async () => {
    const builder = builderOf();
    const module = await overrideCognito(builder, { cognito }).compile();
    expect(() => override(() => ({ cognito }), module)).toThrow(
      '"builder" must be what Test.createTestingModule() returns, before compile().',
    );
    expect(() => override(() => ({ cognito }), builder)).toThrow(
      '"builder" is compiled already. Call overrideCognito before compile().',
    );
    await module.close();
  });

  it('refuses names that no registration has', async () => {
    const pools = { staff: cognito.pool('staff'), stfaf: issuer };
    await expect(override(() => ({ cognito, pools })).compile()).rejects.toThrow(
      new Error('"pools.stfaf" names no registration of MandateModule. There are: "default", "staff".'),
    );
  });

  it('refuses an application without MandateModule, where there is nothing to replace', async () => {
    for (const overrides of [{ cognito }, { issuer }, { cognito, user: { username: 'ann' } }]) {
      await expect(override(() => overrides, Test.createTestingModule({})).compile()).rejects.toThrow(
        new Error('"builder" must have a module that imports MandateModule, or there is no Cognito to replace.'),
      );
    }
  });

  it('leaves it to the options to refuse a factory that returns none', async () => {
    const mandate = MandateModule.forRootAsync({ useFactory: () => undefined as never });
    await expect(override(() => ({ cognito }), builderOf(mandate)).compile()).rejects.toThrow(
      'Option "userPoolId" is required, but the factory returned no options.',
    );
  });

  it('takes the later of two calls', async () => {
    const builder = overrideCognito(builderOf(), { issuer });
    const module = await overrideCognito(builder, { cognito }).compile();
    expect(module.get(UserPools).get('staff').verifier.accepts(cognito.pool('staff').issuer)).toBe(true);
    await module.close();
  });

  it('passes the options of compile on', async () => {
    const created = jest.fn();
    const builder = Test.createTestingModule({ providers: [{ provide: 'expensive', useFactory: created }] });
    const module = await overrideCognito(builder, { user: { username: 'ann' } }).compile({ preview: true });
    expect(created).not.toHaveBeenCalled();
    await module.close();
  });
});
