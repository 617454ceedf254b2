import { Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { type CognitoOAuthService, InjectCognitoOAuth } from 'mandate';

export interface OrderCount {
  readonly orders: number;
}

/** Calls the service of reports with a token of this service, not of its user. */
@Injectable()
export class ReportsClient {
  constructor(
    @InjectCognitoOAuth('machine') private readonly oauth: CognitoOAuthService,
    private readonly config: ConfigService,
  ) {}

  async ordersOf(sub: string): Promise<OrderCount> {
    return this.call('GET', sub);
  }

  async addOrderOf(sub: string): Promise<OrderCount> {
    return this.call('POST', sub);
  }

  private async call(method: string, sub: string): Promise<OrderCount> {
    // Cached until shortly before it expires: Cognito bills each token.
    const { accessToken } = await this.oauth.clientToken({ scopes: ['reports/orders'] });
    const response = await fetch(`${this.config.getOrThrow<string>('REPORTS_URL')}/orders/${sub}`, {
      method,
      headers: { authorization: `Bearer ${accessToken}` },
    });
    if (!response.ok) {
      throw new Error(`The service of reports answered ${String(response.status)}.`);
    }
    return (await response.json()) as OrderCount;
  }
}
