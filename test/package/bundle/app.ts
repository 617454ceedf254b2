import 'reflect-metadata';

import { Controller, Get, Injectable, Module, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import {
  AccessDeniedException,
  CognitoAdminService,
  CognitoAuthGuard,
  CognitoClient,
  CognitoService,
  CurrentUser,
  getCognitoToken,
  InjectCognito,
  InjectCognitoAdmin,
  InjectCognitoClient,
  InjectTokenVerifier,
  MandateError,
  MandateModule,
  type MandateModuleOptions,
  Pool,
  TokenVerifier,
} from 'mandate';
import { createPoolVerifier } from 'mandate/verifier';

/**
 * An application of two pools that goes through itself: sign-in with SRP, the guard, passport, privileged calls, and what
 * is injected where. It prints what it found. Its argument has the options of the pools.
 */
const pools = JSON.parse(process.argv[2] ?? '') as Record<
  'customers' | 'staff',
  MandateModuleOptions & { issuer: string }
>;
const password = 'Correct-Horse-9';

@Injectable()
class Injected {
  constructor(
    readonly customers: CognitoService,
    readonly customersAdmin: CognitoAdminService,
    @InjectCognito('staff') readonly staff: CognitoService,
    @InjectCognitoAdmin('staff') readonly staffAdmin: CognitoAdminService,
    @InjectCognitoClient('staff') readonly staffClient: CognitoClient,
    @InjectTokenVerifier('staff') readonly staffVerifier: TokenVerifier,
  ) {}

  kinds(): boolean[] {
    return [
      this.customers instanceof CognitoService && this.staff instanceof CognitoService,
      this.customersAdmin instanceof CognitoAdminService && this.staffAdmin instanceof CognitoAdminService,
      this.staffClient instanceof CognitoClient && this.staffVerifier instanceof TokenVerifier,
    ];
  }
}

@Controller()
class Routes {
  @Get('customers')
  @UseGuards(CognitoAuthGuard)
  customers(@CurrentUser('username') username: string) {
    return { username };
  }

  @Get('staff')
  @Pool('staff')
  @UseGuards(CognitoAuthGuard)
  staff(@CurrentUser('username') username: string) {
    return { username };
  }

  @Get('passport')
  @UseGuards(AuthGuard('cognito:staff'))
  passport(@CurrentUser('username') username: string) {
    return { username };
  }
}

@Module({
  imports: [MandateModule.forRoot(pools.customers), MandateModule.forRoot({ ...pools.staff, name: 'staff' })],
  providers: [Injected],
  controllers: [Routes],
})
class AppModule {}

async function accessToken(cognito: CognitoService, username: string): Promise<string> {
  const outcome = await cognito.authenticate({ username, password });
  return outcome.status === 'AUTHENTICATED' ? outcome.tokens.accessToken : outcome.status;
}

async function failureOf(call: Promise<unknown>): Promise<unknown> {
  try {
    return await call;
  } catch (error) {
    return error instanceof MandateError ? [error.name, error.code] : String(error);
  }
}

async function goThrough(): Promise<object> {
  const app = await NestFactory.create(AppModule, { logger: false });
  const denied: unknown[] = [];
  app.useGlobalFilters({
    catch: (error: Error & { response?: unknown }, host: { switchToHttp(): { getResponse(): unknown } }) => {
      denied.push([error.name, error instanceof AccessDeniedException]);
      const response = host.switchToHttp().getResponse() as { status(code: number): { json(body: object): void } };
      response.status(401).json({});
    },
  });
  await app.listen(0, '127.0.0.1');
  const origin = await app.getUrl();
  const injected = app.get(Injected);
  const customer = await accessToken(injected.customers, 'customer');
  const employee = await accessToken(app.get<CognitoService>(getCognitoToken('staff')), 'employee');
  const get = async (path: string, token: string) => {
    const response = await fetch(origin + path, { headers: { authorization: `Bearer ${token}` } });
    return response.ok ? ((await response.json()) as { username: string }).username : response.status;
  };
  const { userPoolId, clientId, issuer } = pools.staff;
  const verifier = createPoolVerifier({ userPoolId, acceptedClientIds: [clientId], issuer });
  const found = {
    injected: injected.kinds(),
    guard: [await get('/customers', customer), await get('/staff', employee), await get('/staff', customer)],
    passport: [await get('/passport', employee), await get('/passport', customer)],
    denied: denied[0],
    admin: (await injected.staffAdmin.getUser('employee')).username,
    client: (await injected.staffClient.send('ListGroups', { UserPoolId: userPoolId })).Groups,
    verifier: (await verifier.verify(employee)).username,
    failure: await failureOf(injected.customers.authenticate({ username: 'customer', password: 'wrong' })),
  };
  await app.close();
  return found;
}

goThrough().then(
  (found) => process.stdout.write(JSON.stringify(found)),
  (error: unknown) => {
    process.stderr.write(String((error as Error).stack));
    process.exitCode = 1;
  },
);
