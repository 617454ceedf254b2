import { amplify, type AmplifyService, ANN, PASSWORD, signedInAs, startAmplify } from './amplify-service.js';

describe('aws-amplify, with issuers of AWS', () => {
  let service: AmplifyService;

  beforeEach(async () => {
    service = await startAmplify({ id: 'eu-west-1_Amplify01', users: [ANN] }, { issuer: 'aws' });
  });

  afterEach(() => service.stop());

  it('signs in, renews and signs out', async () => {
    await amplify.signIn({ username: ANN.username, password: PASSWORD });
    const iss = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Amplify01';
    expect(await signedInAs()).toMatchObject({ iss, 'cognito:username': ANN.username });
    const { accessToken: first } = await amplify.fetchTokens();
    const { accessToken: renewed } = await amplify.fetchTokens({ forceRefresh: true });
    expect(renewed?.payload).toMatchObject({ iss, username: ANN.username });
    expect(renewed?.jwt).not.toBe(first?.jwt);
    expect(await amplify.fetchUserAttributes()).toMatchObject(ANN.attributes);
    await amplify.signOut();
    expect(await signedInAs()).toBeUndefined();
  });
});
