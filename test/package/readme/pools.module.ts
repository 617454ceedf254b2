import { Injectable, Module } from '@nestjs/common';
import { CognitoService, InjectCognito, MandateModule } from 'mandate';

@Injectable()
export class TwoPools {
  constructor(
    readonly customers: CognitoService,
    @InjectCognito('staff') readonly staff: CognitoService,
  ) {}
}

@Module({
  imports: [
    MandateModule.forRoot({ userPoolId: 'eu-west-1_AbCdEfGhI', clientId: '1h57kf5cpq17m0eml12EXAMPLE' }),
    MandateModule.forRoot({ name: 'staff', userPoolId: 'eu-west-1_JkLmNoPqR', clientId: '7staff5cpq17m0eml12EXAMPLE' }),
  ],
  providers: [TwoPools],
})
export class PoolsModule {}
