import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import {
  CfnManagedLoginBranding,
  ManagedLoginVersion,
  OAuthScope,
  UserPool,
  UserPoolClientIdentityProvider,
} from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';

export interface ManagedLoginStackProps extends StackProps {
  /** Where the application is reached, without a path: `https://app.example.com`. */
  readonly origin: string;
  /** The first part of `<prefix>.auth.<region>.amazoncognito.com`. Unique in the Region. */
  readonly domainPrefix: string;
}

/** Managed login for one web application: a user pool, its domain, an app client and the look of its pages. */
export class ManagedLoginStack extends Stack {
  constructor(scope: Construct, id: string, { origin, domainPrefix, ...props }: ManagedLoginStackProps) {
    super(scope, id, props);

    const users = new UserPool(this, 'Users', {
      selfSignUpEnabled: true,
      signInAliases: { email: true },
      autoVerify: { email: true },
      signInPolicy: { allowedFirstAuthFactors: { password: true, passkey: true } },
    });

    const domain = users.addDomain('Login', {
      cognitoDomain: { domainPrefix },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });

    const web = users.addClient('Web', {
      generateSecret: true,
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE, OAuthScope.COGNITO_ADMIN],
        // The option `redirectUri`, to the letter.
        callbackUrls: [`${origin}/auth/callback`],
        // The option `logoutUri`, to the letter.
        logoutUrls: [`${origin}/`],
      },
      supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
      enableTokenRevocation: true,
      preventUserExistenceErrors: true,
      // Two instances may renew one session at the same moment.
      refreshTokenRotationGracePeriod: Duration.seconds(10),
    });

    // Without it the pages answer 403 "Login pages unavailable".
    new CfnManagedLoginBranding(this, 'Branding', {
      userPoolId: users.userPoolId,
      clientId: web.userPoolClientId,
      useCognitoProvidedValues: true,
    });

    new CfnOutput(this, 'CognitoUserPoolId', { value: users.userPoolId });
    new CfnOutput(this, 'CognitoClientId', { value: web.userPoolClientId });
    new CfnOutput(this, 'CognitoDomain', { value: domain.baseUrl() });
  }
}
