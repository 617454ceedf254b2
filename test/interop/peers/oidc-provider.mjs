// @ts-check
import { once } from 'node:events';
import { createServer } from 'node:http';

import { Provider } from 'oidc-provider';

import { serve } from './serve.mjs';

serve({
  /**
   * Starts the provider with its development pages, which accept any password.
   *
   * @param {{ redirectUri: string, secret: string }} client
   * @returns {Promise<string>} The issuer.
   */
  async start({ redirectUri, secret }) {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    const issuer = `http://127.0.0.1:${port}`;
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: 'cognito',
          client_secret: secret,
          redirect_uris: [redirectUri],
          token_endpoint_auth_method: 'client_secret_post',
        },
      ],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
      findAccount: (_context, id) => ({
        accountId: id,
        claims: () => ({
          sub: id,
          email: `${id}@idp.example`,
          email_verified: true,
          name: id.toUpperCase(),
          groups: ['a', 'b'],
        }),
      }),
      cookies: { keys: ['a key of this test'] },
    });
    server.on('request', provider.callback());
    return issuer;
  },
});
