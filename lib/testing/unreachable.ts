/** Nothing listens here, so a test that calls Cognito by mistake fails at once and reaches no real user pool. */
export const UNREACHABLE = 'http://127.0.0.1:1';
