import { createPoolVerifier, TokenRejectedError, usernameOf } from 'mandate/verifier';

// Outside the handler: its keys and verified tokens serve the next calls of the same process.
const verifier = createPoolVerifier({
  userPoolId: 'eu-west-1_AbCdEfGhI',
  acceptedClientIds: ['1h57kf5cpq17m0eml12EXAMPLE'],
});

export async function handler(event: { headers: { authorization?: string } }) {
  const token = event.headers.authorization?.replace(/^Bearer /i, '') ?? '';
  try {
    const claims = await verifier.verify(token);
    return { isAuthorized: true, context: { username: usernameOf(claims) } };
  } catch (error) {
    if (error instanceof TokenRejectedError) {
      return { isAuthorized: false };
    }
    throw error; // the keys could not be fetched: that says nothing about the token
  }
}
