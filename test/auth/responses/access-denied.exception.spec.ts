import { GraphQLError } from 'graphql';

import { AccessDeniedException } from '../../../lib/auth/responses/access-denied.exception.js';
import { SigningKeysUnavailableError, TokenRejectedError } from '../../../lib/tokens/token-errors.js';

describe('AccessDeniedException', () => {
  describe('over graphql-ws, where nobody but graphql itself turns it into an answer', () => {
    const extensionsOf = (refusal: AccessDeniedException) =>
      new GraphQLError(refusal.message, { originalError: refusal }).extensions;

    it.each([
      ['TOKEN_MISSING', 'UNAUTHENTICATED', 401],
      ['GROUPS_INSUFFICIENT', 'FORBIDDEN', 403],
    ] as const)('answers %s as @nestjs/apollo does over HTTP: %s', (code, category, statusCode) => {
      const refusal = new AccessDeniedException(new TokenRejectedError(code));
      expect(extensionsOf(refusal)).toEqual({ code: category, originalError: refusal.getResponse() });
      expect(refusal.getResponse()).toMatchObject({ code, statusCode });
    });

    it('gives the status of what the caller cannot help', () => {
      const refusal = new AccessDeniedException(new SigningKeysUnavailableError(30));
      expect(extensionsOf(refusal)).toEqual({
        code: 'INTERNAL_SERVER_ERROR',
        status: 503,
        originalError: refusal.getResponse(),
      });
    });
  });
});
