import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

// Not imported: its types bring those of the browser along.
const { parse } = jest.requireActual<{ parse: (name: string, text: string) => Promise<object> }>('@cdktf/hcl2json');

const folder = join(__dirname, '../../docs/aws');
const read = (file: string): string => readFileSync(join(folder, file), 'utf8');

/** The set-up at AWS that docs/how-to/terraform-and-cdk.md shows, for two tools. */
describe('docs/aws', () => {
  it('is Terraform that parses, and says what the module needs', async () => {
    const { resource } = (await parse('managed-login.tf', read('managed-login.tf'))) as {
      resource: Record<string, Record<string, [Record<string, unknown>]>>;
    };
    expect(resource['aws_cognito_user_pool_client']?.['web']?.[0]).toMatchObject({
      allowed_oauth_flows: ['code'],
      callback_urls: ['${var.origin}/auth/callback'],
      generate_secret: true,
      refresh_token_rotation: [{ feature: 'ENABLED', retry_grace_period_seconds: 10 }],
    });
    expect(Object.keys(resource)).toContain('aws_cognito_managed_login_branding');
  });

  it('is a CDK stack that parses, and says the same', () => {
    const text = read('managed-login-stack.ts');
    const { diagnostics } = ts.transpileModule(text, { reportDiagnostics: true });
    expect(diagnostics).toEqual([]);
    expect(text).toContain('callbackUrls: [`${origin}/auth/callback`]');
    expect(text).toContain('new CfnManagedLoginBranding(');
  });

  it('asks for the same scopes with both', () => {
    const scopes = (text: string, pattern: RegExp): number => text.match(pattern)?.[1]?.split(',').length ?? 0;
    expect(scopes(read('managed-login.tf'), /allowed_oauth_scopes += \[(.*)\]/)).toBe(4);
    expect(scopes(read('managed-login-stack.ts'), /scopes: \[(.*)\]/)).toBe(4);
  });

  it('has a pool for applications with their own form, in both', async () => {
    type Resources = Record<string, Record<string, [Record<string, unknown>]>>;
    const { resource } = (await parse('user-pool.tf', read('user-pool.tf'))) as { resource: Resources };
    const clients = resource['aws_cognito_user_pool_client'] ?? {};
    expect(clients['server']?.[0]).toMatchObject({
      explicit_auth_flows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      generate_secret: true,
      write_attributes: ['email', 'name'],
    });
    expect(clients['mobile']?.[0]).not.toHaveProperty('generate_secret');
    expect(clients['machine']?.[0]).toMatchObject({
      allowed_oauth_flows: ['client_credentials'],
      generate_secret: true,
    });
    expect(Object.keys(resource)).toEqual(
      expect.arrayContaining([
        'aws_cognito_resource_server',
        'aws_cognito_user_group',
        'aws_cognito_user_pool',
        'aws_cognito_user_pool_domain',
      ]),
    );
    const text = read('user-pool-stack.ts');
    expect(ts.transpileModule(text, { reportDiagnostics: true }).diagnostics).toEqual([]);
    for (const part of ['userSrp: true', 'clientCredentials: true', "groupName: 'admins'", "identifier: 'orders'"]) {
      expect(text).toContain(part);
    }
    expect(text.match(/generateSecret: true/g)).toHaveLength(2);
  });
});
