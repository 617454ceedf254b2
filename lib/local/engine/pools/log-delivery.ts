import type { LogConfigurationType } from '@aws-sdk/client-cognito-identity-provider';

import type { Pool } from '../../model/pool.js';
import { CognitoFault, invalidParameter } from '../cognito-fault.js';

/**
 * Replaces where a pool delivers its logs. Nothing is delivered. Not verified against AWS: the texts.
 *
 * @throws CognitoFault InvalidParameterException, FeatureUnavailableInTierException
 */
export function setLogDelivery(pool: Pool, configurations: readonly LogConfigurationType[]): void {
  const sources = configurations.map(({ EventSource }) => EventSource);
  if (new Set(sources).size < sources.length) {
    throw invalidParameter('Only one log configuration is allowed for each EventSource.');
  }
  configurations.forEach((configuration) => {
    assertConfiguration(pool, configuration);
  });
  pool.logDelivery = configurations;
}

/** Errors of messages go to CloudWatch Logs; the activity of users has three possible destinations. */
function assertConfiguration(pool: Pool, configuration: LogConfigurationType): void {
  const { EventSource, LogLevel, CloudWatchLogsConfiguration, S3Configuration, FirehoseConfiguration } = configuration;
  const destinations = [CloudWatchLogsConfiguration, S3Configuration, FirehoseConfiguration];
  if (destinations.filter((destination) => destination !== undefined).length !== 1) {
    throw invalidParameter('Each log configuration must have exactly one destination.');
  }
  if (EventSource === 'userNotification') {
    if (LogLevel !== 'ERROR' || CloudWatchLogsConfiguration === undefined) {
      throw invalidParameter('The event source userNotification requires the log level ERROR and CloudWatch Logs.');
    }
    return;
  }
  if (LogLevel !== 'INFO') {
    throw invalidParameter('The event source userAuthEvents requires the log level INFO.');
  }
  if (pool.settings.UserPoolTier !== 'PLUS') {
    throw new CognitoFault('FeatureUnavailableInTierException', 'userAuthEvents logs require the Plus tier.');
  }
}
