import { isIPv6 } from 'node:net';

/** Groups of an IPv6 address that one customer has at least: a network of 64 bits. */
const NETWORK_GROUPS = 4;

/** What Express and Fastify take for the address of the client. */
export function requestAddress(request: object): string {
  const { ip } = request as { readonly ip?: unknown };
  return typeof ip === 'string' ? ip : '';
}

/** The part of an address that a client cannot change: of an IPv6 address its network. */
export function clientNetwork(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) {
    return mapped;
  }
  const [plain = ''] = address.split('%');
  return isIPv6(plain) ? `${groupsOf(plain).slice(0, NETWORK_GROUPS).join(':')}::/64` : address;
}

/** The eight groups, without leading zeros. */
function groupsOf(address: string): readonly string[] {
  const [head = '', tail] = address.split('::');
  const first = split(head);
  const last = tail === undefined ? [] : split(tail);
  const missing = Math.max(0, 8 - first.length - last.length);
  const groups = [...first, ...Array.from({ length: tail === undefined ? 0 : missing }, () => '0'), ...last];
  return groups.map((group) => Number.parseInt(group, 16).toString(16));
}

/** A dotted end stands for two groups, beyond the network in any case. */
function split(part: string): readonly string[] {
  return part === '' ? [] : part.split(':').flatMap((group) => (group.includes('.') ? ['0', '0'] : [group]));
}
