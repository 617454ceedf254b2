import { Test, type TestingModule } from '@nestjs/testing';
import { CognitoService, MandateModule } from 'mandate';
import { LocalCognito } from 'mandate/testing';

import { signingKeysPem } from '../local/signing-keys.js';
import { membersOf } from './support/declarations.js';
import { namesIn } from './support/option-tables.js';
import { codesIn, rowsOf } from './support/page.js';

const ann = {
  username: 'ann',
  password: 'Temporary-9',
  attributes: { email: 'ann@example.com' },
  status: 'FORCE_CHANGE_PASSWORD' as const,
};
let local: LocalCognito;
let app: TestingModule;
let cognito: CognitoService;

beforeAll(async () => {
  local = await LocalCognito.start({
    pools: [
      {
        name: 'users',
        keys: signingKeysPem(),
        AliasAttributes: ['email'],
        clients: [{ name: 'backend', secret: true, ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] }],
        users: [ann],
      },
    ],
  });
  app = await Test.createTestingModule({ imports: [MandateModule.forRoot(local.pool().moduleOptions())] }).compile();
  cognito = app.get(CognitoService);
});

afterAll(async () => {
  await app.close();
  await local.stop();
});

describe('docs/concepts/srp.md', () => {
  it('signs in by an alias, with a client secret', async () => {
    const newPassword = 'Correct-Horse-9';
    // #region alias
    const outcome = await cognito.authenticate({ username: 'ann@example.com', password: 'Temporary-9' });
    if (outcome.status === 'CHALLENGE' && outcome.challenge.name === 'NEW_PASSWORD_REQUIRED') {
      const { challenge } = outcome; // challenge.username: 'ann', the name that Cognito returned
      await cognito.respondToChallenge(challenge, { password: newPassword });
    }
    // #endregion
    expect(outcome).toMatchObject({ status: 'CHALLENGE', challenge: { username: 'ann' } });
    const again = await cognito.authenticate({ username: 'ann@example.com', password: newPassword });
    expect(again.status).toBe('AUTHENTICATED');
  });
});

describe('docs/concepts/challenges.md', () => {
  const answers = membersOf('lib/protocol/challenge.ts', 'ChallengeAnswers');

  it('has a row for each challenge, and no other', () => {
    expect(namesIn('concepts/challenges.md', 'challenge').sort()).toEqual(answers.map(({ name }) => name).sort());
  });

  it('names the members of each answer', () => {
    for (const [challenge, answer] of rowsOf('concepts/challenges.md', 'challenge')) {
      const { type = '' } = answers.find(({ name }) => name === codesIn(challenge)[0]) ?? {};
      // `CodeAnswer` is `{ code }`.
      const declared = new Set(
        [...type.replaceAll('CodeAnswer', '{ code: string }').matchAll(/\b(\w+)\??:/g)].map(([, name]) => name),
      );
      const shown = new Set([...codesIn(answer).join(' ').matchAll(/\w+/g)].map(([name]) => name));
      expect([challenge, shown]).toEqual([challenge, declared]);
    }
  });
});
