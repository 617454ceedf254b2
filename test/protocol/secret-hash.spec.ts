import { secretHash } from '../../lib/protocol/secret-hash.js';

describe('SECRET_HASH', () => {
  // openssl: printf '%s' 'ann3n4b5urk1ft4fl3mg5e62d9ado' | openssl dgst -sha256 -hmac 'example-client-secret' -binary | base64
  it('is HMAC-SHA256 over username and client id, keyed with the secret, in base64', () => {
    expect(secretHash('ann', '3n4b5urk1ft4fl3mg5e62d9ado', 'example-client-secret')).toBe(
      'OFkgmYEwNHP6tzKOSELR2BxT/4s/t0tUrgtmAZpmvug=',
    );
  });

  it('takes usernames of any script as UTF-8', () => {
    expect(secretHash('アン', 'client', 'secret')).toBe('txGfl/c9tH+vxSSYGTbZ9P+Ohs4SkuztHmatOWVq+L0=');
  });
});
