import { Module } from '@nestjs/common';

import { CognitoModule } from '../cognito.module.js';
import { Notes } from '../notes/notes.js';
import { PlainWsGateway } from './plain-ws.gateway.js';

@Module({ imports: [CognitoModule], providers: [Notes, PlainWsGateway] })
export class PlainWsModule {}
