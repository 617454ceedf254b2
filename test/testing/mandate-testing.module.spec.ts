import { Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';

import { LocalCognito, type LocalModuleOptions, MandateTestingModule } from '../../lib/testing/index.js';
import { signingKeysPem } from '../local/signing-keys.js';

@Injectable()
class Consumer {
  constructor(readonly cognito: LocalCognito) {}
}

@Module({ providers: [Consumer] })
class FeatureModule {}

describe('MandateTestingModule', () => {
  it('runs an embedded Cognito for the whole application, and ends it with the application', async () => {
    const testing = await Test.createTestingModule({
      imports: [MandateTestingModule.forRoot({ pools: [{ name: 'people', keys: signingKeysPem() }] }), FeatureModule],
      providers: [
        {
          provide: 'OPTIONS',
          inject: [LocalCognito],
          useFactory: (cognito: LocalCognito) => cognito.pool('people').moduleOptions(),
        },
      ],
    }).compile();
    const app = await testing.init();

    const { cognito } = app.get(Consumer, { strict: false });
    expect(app.get<LocalModuleOptions>('OPTIONS').endpoint).toBe(cognito.endpoint);
    const { jwksUri } = cognito.pool();
    expect((await fetch(jwksUri)).status).toBe(200);

    await app.close();
    await expect(fetch(jwksUri)).rejects.toThrow();
  });
});
