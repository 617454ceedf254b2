import { Controller, Get } from '@nestjs/common';
import { HealthCheck, HealthCheckService } from '@nestjs/terminus';
import { Public } from 'mandate';
import { CognitoHealthIndicator } from 'mandate/health';

@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly cognito: CognitoHealthIndicator,
  ) {}

  // #region health
  @Public()
  @Get()
  @HealthCheck()
  check() {
    return this.health.check([() => this.cognito.keys('cognito-keys'), () => this.cognito.service('cognito')]);
  }
  // #endregion
}
