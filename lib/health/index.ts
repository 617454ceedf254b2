/**
 * A health indicator for `@nestjs/terminus`.
 *
 * @module mandate/health
 */

export {
  CognitoHealthIndicator,
  type KeysHealthOptions,
  type ServiceHealthOptions,
} from './cognito.health-indicator.js';
export { MandateHealthModule } from './mandate-health.module.js';
