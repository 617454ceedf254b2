import { Module } from '@nestjs/common';

import { CognitoModule } from '../cognito.module.js';
import { Notes } from '../notes/notes.js';
import { RpcController } from './rpc.controller.js';

@Module({ imports: [CognitoModule], providers: [Notes], controllers: [RpcController] })
export class RpcModule {}
