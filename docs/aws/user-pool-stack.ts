import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AccountRecovery,
  ClientAttributes,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  UserPool,
  type UserPoolClientOptions,
} from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';

export interface UserPoolStackProps extends StackProps {
  /** The first part of `<prefix>.auth.<region>.amazoncognito.com`. Unique in the Region. */
  readonly domainPrefix: string;
}

/**
 * A user pool for an application with its own form: an app client for its server, one for its mobile application, groups, and
 * an app client for calls from service to service.
 */
export class UserPoolStack extends Stack {
  constructor(scope: Construct, id: string, { domainPrefix, ...props }: UserPoolStackProps) {
    super(scope, id, props);

    const users = new UserPool(this, 'Users', {
      selfSignUpEnabled: true,
      signInAliases: { email: true },
      autoVerify: { email: true },
      deletionProtection: true,
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
    });

    const signIn = {
      authFlows: { userSrp: true },
      disableOAuth: true,
      // What users may write themselves. By default that is every attribute, custom ones too.
      writeAttributes: new ClientAttributes().withStandardAttributes({ email: true, fullname: true }),
      enableTokenRevocation: true,
      preventUserExistenceErrors: true,
    } satisfies UserPoolClientOptions;

    // For the Nest application: it keeps the secret.
    const server = users.addClient('Server', {
      ...signIn,
      generateSecret: true,
      accessTokenValidity: Duration.minutes(15),
      refreshTokenValidity: Duration.days(30),
    });

    // For an application that cannot keep a secret. The guard accepts its tokens if `acceptedClientIds` lists it.
    users.addClient('Mobile', signIn);

    // @Groups('admins'): compared exactly.
    users.addGroup('Admins', { groupName: 'admins' });

    // @Scopes('orders/read'). Tokens for services come from the domain.
    const read = new ResourceServerScope({ scopeName: 'read', scopeDescription: 'Read orders' });
    const orders = users.addResourceServer('Orders', { identifier: 'orders', scopes: [read] });
    users.addDomain('Tokens', { cognitoDomain: { domainPrefix } });
    users.addClient('Machine', {
      generateSecret: true,
      oAuth: { flows: { clientCredentials: true }, scopes: [OAuthScope.resourceServer(orders, read)] },
    });

    new CfnOutput(this, 'CognitoUserPoolId', { value: users.userPoolId });
    new CfnOutput(this, 'CognitoClientId', { value: server.userPoolClientId });
  }
}
