import { Module } from '@nestjs/common';

import { CognitoModule } from '../cognito.module.js';
import { Notes } from '../notes/notes.js';
import { SocketIoGateway } from './socket-io.gateway.js';

@Module({ imports: [CognitoModule], providers: [Notes, SocketIoGateway] })
export class SocketIoModule {}
