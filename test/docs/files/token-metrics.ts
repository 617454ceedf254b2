import { Injectable } from '@nestjs/common';
import type { TokenEvent } from 'mandate';

/** Counts token events, and prints the counters in the text format of Prometheus. */
@Injectable()
export class TokenMetrics {
  private readonly counters = new Map<string, number>();

  /** Called for each event, at every request: count here, and do nothing slow. */
  readonly observe = (event: TokenEvent): void => {
    switch (event.type) {
      case 'token-accepted':
        this.count(`tokens_accepted_total{pool="${event.pool}"}`);
        break;
      case 'token-rejected':
      case 'access-denied':
        this.count(`calls_refused_total{pool="${event.pool}",code="${event.code}"}`);
        break;
      case 'keys-unavailable':
        this.count(`signing_keys_failures_total{issuer="${event.issuer}"}`);
        break;
      case 'revocation-unavailable':
      case 'revocation-store-emptied':
        this.count(`revocation_failures_total{pool="${event.pool}",type="${event.type}"}`);
        break;
      case 'keys-fetched':
        break;
    }
  };

  text(): string {
    return [...this.counters].map(([name, value]) => `mandate_${name} ${String(value)}\n`).join('');
  }

  private count(name: string): void {
    this.counters.set(name, (this.counters.get(name) ?? 0) + 1);
  }
}
