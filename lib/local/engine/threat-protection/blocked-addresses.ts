import { BlockList, isIP } from 'node:net';

import type { Pool } from '../../model/pool.js';
import { riskConfigurationFor } from './risk-configuration.js';

/**
 * Whether sign-ins from an address are blocked: `BlockedIPRangeList` of a pool that enforces its threat protection.
 * `SkippedIPRangeList` goes before it.
 */
export function isBlockedAddress(pool: Pool, clientId: string, address: string): boolean {
  if (pool.settings.UserPoolAddOns?.AdvancedSecurityMode !== 'ENFORCED') {
    return false;
  }
  const { BlockedIPRangeList = [], SkippedIPRangeList = [] } =
    riskConfigurationFor(pool, clientId)?.RiskExceptionConfiguration ?? {};
  return contains(BlockedIPRangeList, address) && !contains(SkippedIPRangeList, address);
}

function contains(ranges: readonly string[], address: string): boolean {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', prefix] = range.split('/');
    list.addSubnet(network, Number(prefix), familyOf(network));
  }
  return isIP(address) !== 0 && list.check(address, familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
