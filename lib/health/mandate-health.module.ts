import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';

import { CognitoHealthIndicator } from './cognito.health-indicator.js';

/**
 * Provides `CognitoHealthIndicator`, and the `HealthCheckService` of `@nestjs/terminus`.
 *
 * @example
 * imports: [MandateModule.forRoot(options), MandateHealthModule]
 *
 * @publicApi
 */
@Module({
  imports: [TerminusModule],
  providers: [CognitoHealthIndicator],
  exports: [CognitoHealthIndicator, TerminusModule],
})
export class MandateHealthModule {}
