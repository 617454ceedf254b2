import type { INestApplication } from '@nestjs/common';
import request from 'supertest';

import { MandateModule } from '../../lib/module/mandate.module.js';
import { describeDoor, type Door, type Outcome, poolOptions } from './support/door.js';
import { DoorController, type Platform, PLATFORMS, startApp } from './support/http-apps.js';

async function openDoor(platform: Platform): Promise<Door> {
  const app: INestApplication = await startApp(platform, {
    imports: [MandateModule.forRoot(poolOptions)],
    controllers: [DoorController],
  });
  return {
    async call(operation, token): Promise<Outcome> {
      const call = request(app.getHttpServer()).get(`/${operation}`);
      const { body } = await (token === undefined ? call : call.set('Authorization', `Bearer ${token}`));
      return 'code' in body ? { code: body.code } : { user: body.user };
    },
    close: () => app.close(),
  };
}

describe.each(PLATFORMS)('over HTTP on %s', (platform) => {
  describeDoor('the guard', () => openDoor(platform));
});
