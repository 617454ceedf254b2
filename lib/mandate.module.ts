import { Module } from '@nestjs/common';

import { MandateCoreModule } from './mandate.core-module.js';
import { ConfigurableModuleClass } from './mandate.module-definition.js';

/**
 * Amazon Cognito for one user pool and app client. Register it once per pool; give all but one of them a `name`.
 *
 * It provides `CognitoService`, `CognitoAdminService`, `CognitoClient`, `TokenVerifier` and the passport strategy
 * `cognito`, and makes the pool known to `CognitoAuthGuard`.
 *
 * @example
 * MandateModule.forRoot({ userPoolId: 'eu-west-1_AbCdEfGhI', clientId: '1h57kf5cpq17m0eml12EXAMPLE' })
 * @example
 * MandateModule.forRootAsync({
 *   inject: [ConfigService],
 *   useFactory: (config: ConfigService) => ({
 *     userPoolId: config.getOrThrow('COGNITO_USER_POOL_ID'),
 *     clientId: config.getOrThrow('COGNITO_CLIENT_ID'),
 *   }),
 * })
 */
@Module({ imports: [MandateCoreModule] })
export class MandateModule extends ConfigurableModuleClass {}
