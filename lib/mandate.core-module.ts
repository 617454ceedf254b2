import { Global, Module } from '@nestjs/common';

import { UserPools } from './auth/user-pools.js';

/** What all registrations of `MandateModule` share: the list of pools from which the guard chooses. */
@Global()
@Module({ providers: [UserPools], exports: [UserPools] })
export class MandateCoreModule {}
