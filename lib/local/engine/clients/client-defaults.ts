import type { AppClientSettings } from '../../model/app-client.js';

/** Adds the defaults of CreateUserPoolClient. */
export function withClientDefaults(settings: AppClientSettings): AppClientSettings {
  return {
    RefreshTokenValidity: 30,
    AuthSessionValidity: 3,
    EnableTokenRevocation: true,
    EnablePropagateAdditionalUserContextData: false,
    AllowedOAuthFlowsUserPoolClient: false,
    ...settings,
  };
}
