import type { Triggers } from 'mandate/testing';

import { Services } from './support/services.js';

// #region triggers
const TRIES = 3;

/** What the Lambda triggers of the pool do. */
export const triggers: Triggers = {
  defineAuthChallenge: (event) => {
    const last = event.request.session.at(-1);
    if (last?.challengeName === 'SRP_A') {
      event.response.challengeName = 'PASSWORD_VERIFIER'; // a sign-in with a password begins with SRP
    } else if (last?.challengeName === 'CUSTOM_CHALLENGE' && last.challengeResult) {
      event.response.issueTokens = true;
    } else if (event.request.session.filter((step) => step.challengeName === 'CUSTOM_CHALLENGE').length < TRIES) {
      event.response.challengeName = 'CUSTOM_CHALLENGE';
    } else {
      event.response.failAuthentication = true;
    }
    return event;
  },
  createAuthChallenge: (event) => {
    event.response.publicChallengeParameters = { question: 'What has keys but opens no door?' };
    event.response.privateChallengeParameters = { answer: 'a piano' };
    return event;
  },
  verifyAuthChallengeResponse: (event) => {
    const { challengeAnswer, privateChallengeParameters } = event.request;
    event.response.answerCorrect = challengeAnswer === privateChallengeParameters['answer'];
    return event;
  },
};
// #endregion

const username = 'ann';
const password = 'Correct-Horse-9';

/** The code of docs/how-to/custom-auth.md. */
describe('docs/how-to/custom-auth.md', () => {
  let services: Services;

  beforeAll(async () => {
    services = await Services.start({ triggers, users: [{ username, password }] });
  });

  afterAll(() => services.stop());

  it.each([
    ['alone', undefined],
    ['after the password', password],
  ])('asks its own question, %s', async (_, typed) => {
    const { cognito } = services;
    const answers = ['a door', 'a piano'];
    const ask = (question: string | undefined) => {
      expect(question).toBe('What has keys but opens no door?');
      return Promise.resolve(answers.shift() ?? '');
    };
    // #region sign-in
    let outcome = await cognito.authenticate({ flow: 'CUSTOM_AUTH', username, password: typed }); // or no password
    while (outcome.status === 'CHALLENGE' && outcome.challenge.name === 'CUSTOM_CHALLENGE') {
      const answer = await ask(outcome.challenge.parameters['question']);
      outcome = await cognito.respondToChallenge(outcome.challenge, { answer }); // wrong: the next challenge
    }
    // #endregion
    expect(outcome.status).toBe('AUTHENTICATED');
    expect(answers).toEqual([]);
  });

  it('fails after three wrong answers', async () => {
    const { cognito } = services;
    const attempt = async () => {
      let outcome = await cognito.authenticate({ flow: 'CUSTOM_AUTH', username });
      while (outcome.status === 'CHALLENGE' && outcome.challenge.name === 'CUSTOM_CHALLENGE') {
        outcome = await cognito.respondToChallenge(outcome.challenge, { answer: 'a door' });
      }
      return outcome;
    };
    await expect(attempt()).rejects.toMatchObject({ code: 'CREDENTIALS_INVALID' });
  });

  it('tells that a trigger refuses', async () => {
    const closed = await Services.start({
      users: [{ username, password }],
      // #region refuse
      triggers: {
        preAuthentication: () => {
          throw new Error('The shop is closed.');
        },
      },
      // #endregion
    });
    const error = await closed.cognito.authenticate({ username, password }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'TRIGGER_REFUSED' });
    await closed.stop();
  });
});
