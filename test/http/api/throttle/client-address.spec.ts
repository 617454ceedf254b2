import { clientNetwork, requestAddress } from '../../../../lib/http/api/throttle/client-address.js';

describe('the network of a client', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1', 'IPv4'],
    ['::ffff:192.0.2.1', '192.0.2.1', 'IPv4 in the notation of sockets for both'],
    ['::FFFF:192.0.2.1', '192.0.2.1', 'the same in upper case'],
    ['::ffff:c000:201', '192.0.2.1', 'the same in hexadecimal'],
    ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1', 'the same in full'],
    ['192.0.2.1:443', '192.0.2.1', 'a proxy that adds the port'],
    ['[2001:db8:1:2::5]:443', '2001:db8:1:2::/64', 'the same for IPv6'],
    [' 192.0.2.1 ', '192.0.2.1', 'blanks of a header'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64', 'IPv6'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64', 'other notations of it'],
    ['2001:db8:1:2::192.0.2.1', '2001:db8:1:2::/64', 'with a dotted end'],
    ['2001:db8::1', '2001:db8:0:0::/64', 'with zeros inside the network'],
    ['fe80::1:2:3:4%eth0', 'fe80:0:0:0::/64', 'with a zone'],
    ['::1', '0:0:0:0::/64', 'this machine'],
    ['::', '0:0:0:0::/64', 'no address'],
    ['unix:', 'unix:', 'none of these'],
  ])('of %s is %s: %s', (address, network) => {
    expect(clientNetwork(address)).toBe(network);
  });

  it('is the same for all addresses of a customer, and another for the neighbour', () => {
    const own = ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff'].map(clientNetwork);
    expect(new Set(own).size).toBe(1);
    expect(own).not.toContain(clientNetwork('2001:db8:1:3::1'));
  });

  it('is read from the request', () => {
    expect([requestAddress({ ip: '192.0.2.1' }), requestAddress({})]).toEqual(['192.0.2.1', '']);
  });
});
