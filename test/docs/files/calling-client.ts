import { createParamDecorator, type ExecutionContext, ForbiddenException } from '@nestjs/common';
import { claimOf, clientIdOf, isClientCredentials } from 'mandate';

/** The id of the app client that calls. Users are refused, whatever their scopes. */
export const CallingClient = createParamDecorator((_: unknown, context: ExecutionContext): string | undefined => {
  const claims = claimOf(undefined, context);
  if (claims !== undefined && !isClientCredentials(claims)) {
    throw new ForbiddenException('Only services may call this.');
  }
  return claims && clientIdOf(claims);
});
