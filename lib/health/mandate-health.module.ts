import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';

import { CognitoHealthIndicator } from './cognito.health-indicator.js';

/**
 * Makes `CognitoHealthIndicator` injectable, and `HealthCheckService` of `@nestjs/terminus` with it.
 *
 * @example
 * imports: [MandateModule.forRoot(options), MandateHealthModule]
 */
@Module({
  imports: [TerminusModule],
  providers: [CognitoHealthIndicator],
  exports: [CognitoHealthIndicator, TerminusModule],
})
export class MandateHealthModule {}
