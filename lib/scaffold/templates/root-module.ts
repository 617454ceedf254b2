import type { ApiKind } from '../scaffold-options.js';

/** The options from the environment. `imports` is for applications whose ConfigModule is not global. */
export function mandateModule(importsConfig: boolean): string {
  return `MandateModule.forRootAsync({
  isGlobal: true,
${importsConfig ? '  imports: [ConfigModule],\n' : ''}  inject: [ConfigService],
  useFactory: (config: ConfigService) => ({
    userPoolId: config.getOrThrow<string>('COGNITO_USER_POOL_ID'),
    clientId: config.getOrThrow<string>('COGNITO_CLIENT_ID'),
    clientSecret: config.get<string>('COGNITO_CLIENT_SECRET'),
    // For an embedded Cognito only. Default: the addresses of Amazon Cognito.
    endpoint: config.get<string>('COGNITO_ENDPOINT'),
    issuer: config.get<string>('COGNITO_ISSUER'),
  }),
})`;
}

/** The routes for signing up and in; undefined where there are none of the module. */
export function authApiModule(api: ApiKind, importsConfig: boolean): string | undefined {
  const routes = '// POST /auth/register, POST /auth/authenticate, GET /auth/me and others.\n';
  switch (api) {
    case 'body':
      return `${routes}MandateAuthApiModule.forRoot({ delivery: 'body' })`;
    case 'cookie':
      return `${routes}MandateAuthApiModule.forRootAsync({
  delivery: 'cookie',
${importsConfig ? '  imports: [ConfigModule],\n' : ''}  inject: [ConfigService],
  useFactory: (config: ConfigService) => ({
    session: {
      secret: config.getOrThrow<string>('SESSION_SECRET'),
      origin: config.getOrThrow<string>('ORIGIN'),
      // http://localhost has no TLS. Refused for any other address.
      cookie: config.getOrThrow<string>('ORIGIN').startsWith('http:')
        ? { insecureLocalhost: true }
        : {},
    },
  }),
})`;
    case 'controller':
    case 'none':
      return undefined;
  }
}

export const CONFIG_MODULE = 'ConfigModule.forRoot({ isGlobal: true })';

export const GUARD = `// Every route requires a signed-in user unless it is @Public().
{ provide: APP_GUARD, useClass: CognitoAuthGuard }`;

export const FILTER = '{ provide: APP_FILTER, useClass: CognitoExceptionFilter }';
