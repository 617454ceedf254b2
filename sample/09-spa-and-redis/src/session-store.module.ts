import { createKeyv } from '@keyv/redis';
import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { Keyv } from 'keyv';

/** Provides the Redis that all instances share. */
@Module({
  providers: [
    {
      provide: Keyv,
      inject: [ConfigService],
      useFactory: (config: ConfigService) =>
        createKeyv(config.getOrThrow<string>('REDIS_URL'), { namespace: 'sample', throwOnErrors: true }),
    },
  ],
  exports: [Keyv],
})
export class SessionStoreModule implements OnApplicationShutdown {
  constructor(private readonly keyv: Keyv) {}

  async onApplicationShutdown(): Promise<void> {
    await this.keyv.disconnect();
  }
}
